/** n8n's Webhook node, in its cloud or on a machine of one's own: takes any JSON up to 16 MB. */
import { sentence } from '../sentences/sentence.ts';
import { type AddressLint, likeWebhook, receiver } from './kind.ts';

/** n8n's address of a workflow that is being tried out: it listens for two minutes after a click, then answers 404. */
const testAddress: AddressLint = {
  name: 'test_address',
  isFound: ({ pathname }) => /\/webhook-test\//i.test(pathname),
  asks: sentence('problem.test_address'),
};

export const n8n = likeWebhook({
  name: 'n8n',
  receivers: [receiver('n8n', ['n8n.cloud'], { limitBytes: 16 * 1024 * 1024 })],
  lints: [testAddress],
  words: { name: 'endpoint_kind.n8n' },
});
