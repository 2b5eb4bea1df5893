/** Who gets a soaked property's events: four receivers, each with a habit. Real HTTPS on loopback; only their names are made up. */
import { type EventType, eventTypes } from '../../shared/events.ts';
import type { FakeClock } from '../support/clock.ts';
import { fixedWindow } from '../support/limiting.ts';
import { type Answer, isSignedWith, type ReceivedRequest, type Receiver, startReceiver } from '../support/receiver.ts';
import type { Account } from './account.ts';

export interface SoakReceiver {
  readonly name: string;
  readonly receiver: Receiver;
  readonly url: string;
  /** What it is to get from the beginning. */
  readonly events: readonly EventType[];
  /** As `endpoints.add` gave it. */
  secret: string;
}

export interface SoakReceivers extends AsyncDisposable {
  readonly all: readonly SoakReceiver[];
  /** Down: answers 500, or is not there at all. */
  setSunday(isDown: boolean, isGone: boolean): Promise<void>;
  /** From a power cut until the next start nobody is heard. */
  isCut: boolean;
  readonly refused: number;
}

/** The signature's time is when it was sent: so far apart it may be from when it came, in milliseconds. */
const freshMs = 60_000;
/** Of so many events one is such that the warehouse never takes it. */
const poisonEvery = 997;
/** What the accounts take in a window. */
const window = { most: 4, ms: 3_600_000 } as const;

export const isPoison = (n: number): boolean => n % poisonEvery === poisonEvery - 1;
export const warehouse = 3;

const of = (prefix: string) => eventTypes.filter((type) => type.startsWith(prefix));

export async function startReceivers(clock: FakeClock, account: Account): Promise<SoakReceivers> {
  const limit = fixedWindow(window.most, window.ms, 'retry_after');
  let isSunday = false;
  let refused = 0;
  const kinds: readonly {
    readonly name: string;
    readonly host: string | null;
    readonly events: readonly EventType[];
    readonly answer: (request: ReceivedRequest, n: number) => Answer;
  }[] = [
    {
      name: 'Channel manager, down on Sundays',
      host: 'hooks.channels.example',
      events: [...of('booking.'), ...of('guest.')],
      answer: () => ({ status: isSunday ? 500 : 200 }),
    },
    {
      name: 'Accounts, which limit',
      host: 'hooks.accounts.example',
      events: ['order.completed', 'payment.received'],
      answer() {
        const headers = limit.ask(clock.wallMs());
        if (headers !== null) return { status: 200 };
        refused += 1;
        return limit.refusal(clock.wallMs());
      },
    },
    { name: 'Door locks, in the house', host: null, events: of('guest.'), answer: () => ({ status: 200 }) },
    {
      name: 'Warehouse',
      host: 'hooks.warehouse.example',
      events: eventTypes.filter((type) => type !== 'inventory.low'),
      answer: (_, n) => ({ status: isPoison(n) ? 422 : 200 }),
    },
  ];
  const all: SoakReceiver[] = [];
  const receivers: SoakReceivers = {
    all,
    isCut: false,
    get refused() {
      return refused;
    },
    async setSunday(isDown, isGone) {
      isSunday = isDown;
      const channels = all[0]?.receiver;
      if (isGone) await (isDown ? channels?.stop() : channels?.start());
    },
    async [Symbol.asyncDispose]() {
      for (const { receiver } of all) await receiver.stop();
    },
  };
  for (const [endpoint, { name, host, events, answer }] of kinds.entries()) {
    const receiver = await startReceiver(host === null ? {} : { hosts: [host] });
    const one: SoakReceiver = {
      ...{ name, receiver, events, secret: '' },
      url: host === null ? receiver.url : `https://${host}:${receiver.port}/hooks`,
    };
    all.push(one);
    receiver.answerWith((request) => {
      receiver.clear();
      if (receivers.isCut) return { does: 'reset' };
      const { data } = JSON.parse(request.text) as { data: { soak: { n: number; entity: number } } };
      const { n, entity } = data.soak;
      const answered = answer(request, n);
      if (!isSignedWith(request, one.secret)) account.fault(`event ${n} came to ${name} with a wrong signature`);
      const signedAt = Number(request.headers['webhook-timestamp']) * 1000;
      if (Math.abs(signedAt - clock.wallMs()) > freshMs)
        account.fault(`event ${n} came to ${name} signed at ${signedAt}`);
      if ('status' in answered && answered.status === 200) account.taken(endpoint, n, entity);
      const date = new Date(clock.wallMs()).toUTCString();
      return { ...answered, headers: { ...('headers' in answered ? answered.headers : {}), date } };
    });
  }
  return receivers;
}
