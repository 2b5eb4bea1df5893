/** An "http in" node of Node-RED. Without an "http response" node behind it, it never answers. */
import { likeWebhook } from './kind.ts';

export const nodeRed = likeWebhook({
  name: 'node_red',
  receivers: [],
  isTold: ({ port }) => port === '1880',
  words: { name: 'endpoint_kind.node_red' },
});
