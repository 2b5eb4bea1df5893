/**
 * A program that posts. The intake's listeners are open for all of them at once and know each by its token or secret
 * path, so that a start opens nothing; what they see and refuse of it they write down where its health is kept. Where it
 * signs, what it posts is admitted by its signature.
 */
import { RelayError } from '../../../../shared/errors.ts';
import { sentence } from '../../../../shared/sentences/sentence.ts';
import type { HttpConfig } from '../../../../shared/source-kinds/http.ts';
import { signatureRefusal } from '../../intake/signatures.ts';
import type { SourceBehaviour } from './source-kind.ts';

export const http: SourceBehaviour = {
  async check({ config }) {
    const { signature, signatureSecret } = config as unknown as HttpConfig;
    if (signature === 'none' || signatureSecret !== undefined) return;
    const member = 'config.signatureSecret';
    const says = sentence('problem.source_no_signature_secret', { member, signature });
    throw new RelayError('bad_input', says, { member });
  },
  start: async ({ context, config, health }) => {
    const { signature, signatureSecret, signatureHeader, signatureUser } = config as unknown as HttpConfig;
    const expected = {
      way: signature,
      secret: signatureSecret ?? '',
      header: signatureHeader,
      user: signatureUser,
    };
    return {
      health: () => health,
      stop: async () => {},
      admits: (request) => signatureRefusal(expected, request, context.clock.wallMs()),
    };
  },
};
