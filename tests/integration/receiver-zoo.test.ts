import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSender, type Sender } from '../../electron/engine/sending/sender.ts';
import type { EndpointId } from '../../shared/domain.ts';
import { createFakeClock } from '../support/clock.ts';
import { oddAnswers } from '../support/odd-answers.ts';
import { bodyOf, type OddReceiver, startZoo, type Verdict, type Zoo, zoo } from '../support/receiver-zoo.ts';

let sender: Sender;
let cages: Zoo;
let verdicts: Map<OddReceiver, Verdict>;

/** Skipped where there is no curl to ask. */
const hasCurl = spawnSync('curl', ['--version']).status === 0;

beforeAll(async () => {
  sender = createSender({ clock: createFakeClock(), allowPlainLoopback: true });
  cages = await startZoo();
  if (hasCurl) verdicts = await verdictsOf(zoo, cages);
}, 60_000);
afterAll(async () => {
  sender.close();
  await cages[Symbol.asyncDispose]();
});

async function verdictsOf(kinds: readonly OddReceiver[], from: Zoo): Promise<Map<OddReceiver, Verdict>> {
  const said = await from.curlVerdicts();
  return new Map(kinds.map((kind, at) => [kind, said[at] as Verdict]));
}

async function send(kind: OddReceiver, { url, caPem }: Zoo) {
  const result = await sender.send({
    endpointId: `ep_${kind.name}` as EndpointId,
    url: url(kind),
    ownPem: caPem,
    proxy: null,
    headers: ['Content-Type', 'application/json'],
    body: bodyOf(kind),
  });
  return { ...result, taken: result.error === null ? result.status : null };
}

describe.skipIf(!hasCurl)('a receiver that answers oddly has answered what curl takes it for', () => {
  test.each(zoo.map((kind) => [kind.name, kind] as const))('%s', async (_, kind) => {
    const expected = verdicts.get(kind);
    const first = await send(kind, cages);
    expect(first.taken, `${expected?.why}; ${JSON.stringify(first.error)}`).toBe(expected?.status);
    // The next event is not spoilt by it either.
    const second = await send(kind, cages);
    expect(second.taken).toBe(expected?.status);
    if (kind.spoils) expect(second.reused).toBe(false);
  });

  test('whatever else it puts together', async () => {
    const kinds = oddAnswers(400, 44);
    await using plain = await startZoo(kinds, false);
    const expected = await verdictsOf(kinds, plain);
    const whole = kinds.filter((kind) => expected.get(kind)?.status !== null);
    expect(whole.length).toBeGreaterThan(kinds.length / 5);
    expect(whole.length).toBeLessThan((kinds.length * 4) / 5);
    const wrong: unknown[] = [];
    const left = [...kinds];
    const sendNext = async (): Promise<void> => {
      for (let kind = left.pop(); kind; kind = left.pop()) {
        for (const { taken, error } of [await send(kind, plain), await send(kind, plain)]) {
          const verdict = expected.get(kind);
          if (taken !== verdict?.status) wrong.push({ answer: kind.name, verdict, taken, error });
        }
      }
    };
    await Promise.all(Array.from({ length: 8 }, sendNext));
    expect(wrong).toEqual([]);
  });
});
