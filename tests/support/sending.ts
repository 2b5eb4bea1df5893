/** A sender beside a receiver, for tests of single requests. */
import { answerText } from '../../electron/engine/evidence/answer-text.ts';
import { createSender, type Sender, type SendRequest, type SendResult } from '../../electron/engine/sending/sender.ts';
import type { EndpointId } from '../../shared/domain.ts';
import { createFakeClock, type FakeClock } from './clock.ts';
import { type Receiver, startReceiver } from './receiver.ts';

export const endpointId = 'ep_1' as EndpointId;

export interface Sending {
  readonly clock: FakeClock;
  readonly receiver: Receiver;
  readonly sender: Sender;
  /** Sends a booking to the receiver, or what is given instead. */
  send(over?: Partial<SendRequest>): Promise<SendResult>;
  stop(): Promise<void>;
}

export async function startSending(): Promise<Sending> {
  const clock = createFakeClock();
  const receiver = await startReceiver();
  const sender = createSender({ clock });
  return {
    clock,
    receiver,
    sender,
    send: (over = {}) =>
      sender.send({
        endpointId,
        url: receiver.url,
        ownPem: receiver.caPem,
        proxy: null,
        headers: ['Content-Type', 'application/json'],
        body: Buffer.from('{"event":"booking.created"}'),
        ...over,
      }),
    async stop() {
      sender.close();
      await receiver.stop();
    },
  };
}

/** The body of an answer, as it is shown. */
export const textOf = (result: SendResult) => answerText(result.responseBody, result.responseTruncated);
