/** An "http in" node of Node-RED. Without an "http response" node behind it, it never answers. */
import { halfAddress, likeWebhook } from './kind.ts';

/** Its editor stands there, which takes no event. */
const half = halfAddress(
  'node_red_half',
  'Node-RED',
  'https://192.168.1.20:1880/roost',
  ({ port, pathname }) => port === '1880' && pathname === '/',
);

export const nodeRed = likeWebhook({
  name: 'node_red',
  receivers: [],
  isTold: ({ port }) => port === '1880',
  lints: [half],
  words: { name: 'endpoint_kind.node_red' },
});
