/** n8n's Webhook node, in its cloud or on a machine of one's own: takes any JSON up to 16 MB. */
import { sentence } from '../sentences/sentence.ts';
import { type AddressLint, halfAddress, isUnder, likeWebhook, receiver } from './kind.ts';

const isTest = ({ pathname }: URL): boolean => /\/webhook-test\//i.test(pathname);

/** n8n's address of a workflow that is being tried out: it listens for two minutes after a click, then answers 404. */
const testAddress: AddressLint = {
  name: 'test_address',
  isFound: isTest,
  asks: sentence('problem.test_address'),
};

/** A page of its editor. On a machine of one's own the paths can be others. */
const noHook: AddressLint = {
  name: 'n8n_address',
  isFound: (address) => isUnder(address.hostname, ['n8n.cloud']) && !isHalf(address) && !isHook(address),
  asks: sentence('problem.n8n_address'),
};

const isHook = ({ pathname }: URL): boolean => /^\/(?:webhook|form|mcp)/.test(pathname);
const isHalf = ({ pathname }: URL): boolean => /^\/(?:webhook|form|mcp)(?:-test)?\/?$/.test(pathname);

const half = halfAddress(
  'n8n_half',
  'n8n',
  'https://hotel.app.n8n.cloud/webhook/…',
  (address) => isHalf(address) && (isUnder(address.hostname, ['n8n.cloud']) || address.port === '5678'),
);

export const n8n = likeWebhook({
  name: 'n8n',
  receivers: [receiver('n8n', ['n8n.cloud'], { limitBytes: 16 * 1024 * 1024 })],
  // On a machine of one's own: nobody else calls a path so, and the port is its own.
  isTold: (address) => isTest(address) || (address.port === '5678' && /\/webhook(?:\/|$)/i.test(address.pathname)),
  lints: [half, testAddress, noHook],
  words: { name: 'endpoint_kind.n8n' },
});
