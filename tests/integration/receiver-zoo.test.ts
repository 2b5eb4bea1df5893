import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSender, type Sender } from '../../electron/engine/dispatch/sender.ts';
import type { EndpointId } from '../../shared/domain.ts';
import { createFakeClock } from '../support/clock.ts';
import { bodyOf, type OddReceiver, startZoo, type Zoo, zoo } from '../support/receiver-zoo.ts';

let sender: Sender;
let cages: Zoo;

beforeAll(async () => {
  sender = createSender({ clock: createFakeClock() });
  cages = await startZoo();
});
afterAll(async () => {
  sender.close();
  await cages[Symbol.asyncDispose]();
});

const send = (kind: OddReceiver) =>
  sender.send({
    endpointId: `ep_${kind.name}` as EndpointId,
    url: cages.url(kind),
    ownPem: cages.caPem,
    proxy: null,
    headers: ['Content-Type', 'application/json'],
    body: bodyOf(kind),
  });

/** Skipped where there is no curl to ask. */
const hasCurl = spawnSync('curl', ['--version']).status === 0;

describe.skipIf(!hasCurl)('a receiver that answers oddly has answered what curl takes it for', () => {
  test.each(zoo.map((kind) => [kind.name, kind] as const))('%s', async (_, kind) => {
    const expected = await cages.curlVerdict(kind);
    const first = await send(kind);
    expect(first.error === null ? first.status : null, `${expected.why}; ${JSON.stringify(first.error)}`).toBe(
      expected.status,
    );
    // The next event is not spoilt by it either.
    const second = await send(kind);
    expect(second.error === null ? second.status : null).toBe(expected.status);
    if (kind.spoils) expect(second.reused).toBe(false);
  });
});
