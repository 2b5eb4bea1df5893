import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createLoad } from '../chaos/load.ts';

const closings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
});

interface Posted {
  readonly id: string;
  readonly data: { readonly booking_id: string; readonly step: number };
}

/** A door that takes every third post slowly, and cuts off every seventh before it is taken. */
async function startDoor() {
  const taken: Posted[] = [];
  let posts = 0;
  let open = 0;
  let most = 0;
  const server = createServer(async (request, response) => {
    const n = posts++;
    open += 1;
    most = Math.max(most, open);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (n % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 90));
    open -= 1;
    if (n % 7 === 6) return void response.destroy();
    const text = Buffer.concat(chunks).toString();
    const isLines = request.headers['content-type'] === 'application/x-ndjson';
    const events = (
      isLines
        ? text
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line))
        : [JSON.parse(text)].flat()
    ) as Posted[];
    taken.push(...events);
    response.writeHead(202).end(JSON.stringify({ events: events.map(({ id }) => ({ id: `evt_${id}` })) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closings.push(() => new Promise((resolve) => server.close(resolve)));
  return { port: (server.address() as AddressInfo).port, taken, most: () => most };
}

it('posts the events of a booking one after the other, however often it is told to run', async () => {
  const door = await startDoor();
  const load = createLoad(
    1,
    () => {},
    () => {},
  );
  const target = { port: door.port, token: 'token' };
  for (let told = 0; told < 3; told += 1) {
    load.run(target);
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  await load.pause();
  const after = door.taken.length;
  expect(after).toBeGreaterThan(10);
  const steps = new Map<string, Set<number>>();
  for (const { data } of door.taken) {
    steps.set(data.booking_id, (steps.get(data.booking_id) ?? new Set()).add(data.step));
  }
  for (const of of steps.values()) expect([...of]).toEqual([...of].sort((one, other) => one - other));
  expect(door.most()).toBe(1);
  // And it is quiet once it says so.
  await new Promise((resolve) => setTimeout(resolve, 80));
  expect(door.taken).toHaveLength(after);
});
