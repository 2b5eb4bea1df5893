/**
 * Makes one message of the attempts that go out together, and gives its answer to each of them. Until that has come,
 * none of them is settled: where the app ends before, all are sent again, as a message with the same Message-ID.
 */
import type { Clock } from '../../ports.ts';
import type { SignedResult, SignedSender, SigningRequest } from '../signed-sender.ts';

/** How long one waits for those that were claimed with it, in milliseconds: one may have ended before it was sent. */
const longestGatheringMs = 1000;

/** What is known of a digest's attempts: how many there are. */
export interface DigestOf {
  readonly size: number;
}

interface Gathered {
  readonly requests: SigningRequest[];
  readonly ends: { readonly resolve: (result: SignedResult) => void; readonly reject: (error: unknown) => void }[];
  readonly cancel: () => void;
}

export function gatherDigests(sender: SignedSender, clock: Clock): SignedSender {
  const gathering = new Map<DigestOf, Gathered>();

  function flush(together: DigestOf): void {
    const gathered = gathering.get(together);
    if (!gathered) return;
    gathering.delete(together);
    gathered.cancel();
    const { requests, ends } = gathered;
    sender.send(digestOf(requests)).then(
      (result) => {
        for (const { resolve } of ends) resolve(result);
      },
      (error: unknown) => {
        for (const { reject } of ends) reject(error);
      },
    );
  }

  return {
    ...sender,
    send(request) {
      const { together } = request;
      if (!together || together.size <= 1) return sender.send(request);
      return new Promise((resolve, reject) => {
        const gathered = gathering.get(together) ?? {
          requests: [],
          ends: [],
          cancel: clock.after(longestGatheringMs, () => flush(together)),
        };
        gathering.set(together, gathered);
        gathered.requests.push(request);
        gathered.ends.push({ resolve, reject });
        if (gathered.requests.length >= together.size) flush(together);
      });
    },
  };
}

/** The request of the first, with what the others' parts of its text are made of. */
function digestOf(requests: readonly SigningRequest[]): SigningRequest {
  const [first, ...others] = requests as [SigningRequest, ...SigningRequest[]];
  const made = others.flatMap(({ attempt, body, toShape }) =>
    toShape ? [{ attempt, toShape, dataText: Buffer.from(body).toString('utf8') }] : [],
  );
  return { ...first, attempt: { ...first.attempt, others: made }, together: null };
}
