/**
 * How fast a receiver that takes only so much gets everything, and at how many refusals: a limit that nginx sets, and one
 * that says in its headers what is left. Bare is what the limit itself allows.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from '../support/answers.ts';
import { fixedWindow, limitReq } from '../support/limiting.ts';
import { startEngineUnderTest } from './engine-under-test.ts';
import { eventNumber } from './events.ts';
import { postAll, requestBytes } from './posting.ts';
import type { Measured } from './report.ts';
import { delay } from './watched.ts';

type Limit = ReturnType<typeof limitReq>;

/** The endpoint's own pace, as it is unless a person gives another, per second. */
const ownPace = 10;
/** Nginx names no time: each time that it is asked too fast it is left alone for some seconds. */
const foundWithinS = 15;

export async function measurePace(events: number, nodeOptions: readonly string[]): Promise<Measured[]> {
  const limits = [
    {
      what: 'nginx, limit_req of 2 a second and a burst of 5',
      limit: limitReq(2, 5),
      bareSeconds: Math.max((events - 6) / 2, events / ownPace),
      mostRefused: 8,
    },
    {
      what: '20 in 10 seconds, told in its headers',
      limit: fixedWindow(20, 10_000, 'headers'),
      bareSeconds: Math.max(Math.floor((events - 1) / 20) * 10, events / ownPace),
      mostRefused: 1,
    },
  ];
  const receivers = await Promise.all(limits.map(({ limit }) => startLimited(limit)));
  try {
    await using engine = await startEngineUnderTest({
      urls: receivers.map(({ url }) => url),
      asSetUp: true,
      nodeOptions,
    });
    const { target } = engine;
    const began = performance.now();
    const all = Array.from({ length: events }, (_, n) =>
      // Each of a booking of its own: none waits for another.
      requestBytes(
        target,
        JSON.stringify({ ...eventNumber(n, 'pace'), event: 'booking.created', data: { booking_id: `bk_${n}` } }),
      ),
    );
    await postAll(target.port, all, 4);
    const rows = await Promise.all(
      limits.map(async ({ what, bareSeconds, mostRefused }, n) => {
        const { counted } = receivers[n] as Limited;
        while (counted.taken < events) await delay(20);
        const seconds = (performance.now() - began) / 1000;
        const part = `pace against a limiting receiver, ${events} events`;
        return [
          {
            part,
            what,
            value: seconds,
            unit: 's',
            bare: bareSeconds,
            goal: { atMost: 1.5 * bareSeconds + foundWithinS },
          },
          { part, what: `${what}: refused`, value: counted.refused, unit: '', goal: { atMost: mostRefused } },
        ] satisfies Measured[];
      }),
    );
    return rows.flat();
  } finally {
    for (const receiver of receivers) receiver.stop();
  }
}

interface Limited {
  readonly url: string;
  readonly counted: { taken: number; refused: number };
  stop(): void;
}

async function startLimited(limit: Limit): Promise<Limited> {
  const counted = { taken: 0, refused: 0 };
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      const now = performance.now();
      const headers = limit.ask(now);
      if (headers !== null) counted.taken += 1;
      else counted.refused += 1;
      const answer: Answer = headers === null ? limit.refusal(now) : { status: 200, headers };
      if ('does' in answer) throw new Error('a limit refuses with an answer');
      response.writeHead(answer.status ?? 200, { ...answer.headers, 'content-length': 0 });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    counted,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
