/** Text as Windows programs write it, at the command line: what a POST takes without being told is taken here too. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inCheckout, relayInProcess } from '../support/command-line.ts';
import { startTestEngine } from '../support/engine.ts';
import { startReceiver } from '../support/receiver.ts';

const mark = '\ufeff';
const big = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const forms: readonly (readonly [string, (text: string) => Buffer])[] = [
  ['UTF-8 with a mark', (text) => Buffer.from(mark + text)],
  ['UTF-16, as PowerShell writes it', (text) => Buffer.from(mark + text, 'utf16le')],
  ['UTF-16 the other way round', (text) => big(mark + text)],
  ['UTF-16 without a mark', (text) => Buffer.from(text, 'utf16le')],
];

test('emit, its files, a secret, a header and a certificate are read whatever they are written in', async () => {
  await using receiver = await startReceiver();
  await using engine = await startTestEngine();
  const folder = engine.dataFolder;
  const relay = (args: string[], input?: Uint8Array) =>
    relayInProcess(folder, args, { invocation: inCheckout, ...(input === undefined ? {} : { input }) });
  const file = async (name: string, bytes: Buffer) => {
    await writeFile(join(folder, name), bytes);
    return join(folder, name);
  };
  const expected: string[] = [];
  const expectDone = (ran: { code: number | null; err: string }, what: string) =>
    expect([ran.code, ran.err], what).toEqual([0, '']);
  for (const [n, [what, write]] of forms.entries()) {
    const data = (way: string) => {
      expected.push(`Peña ${n} ${way}`);
      return JSON.stringify({ booking_id: `bk_${n}_${way}`, guest_name: `Peña ${n} ${way}` });
    };
    const ndjson = ['a', 'b'].map((way) => `{"event":"booking.created","data":${data(way)}}\r\n`).join('');
    expectDone(await relay(['emit'], write(ndjson)), `${what} lines`);
    const given = await file('payload.json', write(data('file')));
    expectDone(await relay(['emit', 'booking.created', '--payload', `@${given}`]), `${what} file`);
    expectDone(await relay(['emit', 'booking.created', '--payload', '-'], write(data('input'))), `${what} input`);
    const added = await relay([
      ...['--json', 'endpoint', 'add', '--url', receiver.url, '--events', 'booking.created', '--yes'],
      ...['--secret', `@${await file('secret.txt', write('a secret of sixteen and more\r\n'))}`],
      ...['--header', `X-From: @${await file('header.txt', write('the hotel'))}`],
      ...['--ca-file', await file('ca.pem', write(receiver.caPem))],
    ]);
    expectDone(added, `${what} endpoint`);
    const { id } = JSON.parse(added.out) as { id: string };
    expectDone(await relay(['endpoint', 'test', id]), `${what} test`);
    expect(receiver.requests.at(-1)?.headers['x-from'], what).toBe('the hotel');
    expectDone(await relay(['endpoint', 'remove', id]), `${what} remove`);
  }
  const { rows } = await engine.call('events.list', { limit: 100 });
  const guests = rows.map(({ summary }) => summary.guest);
  expect(guests.sort()).toEqual(expected.sort());

  const broken = Buffer.concat([
    Buffer.from('{"event":"booking.created","data":{"guest_name":"Pe'),
    Buffer.of(0xf1, 0x7d, 0x7d),
  ]);
  expect(await relay(['emit'], broken)).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^emit: expected events in UTF-8 or UTF-16 on standard input; it is neither\./),
  });
  const bad = await file('bad.json', broken);
  expect((await relay(['emit', 'booking.created', '--payload', `@${bad}`])).err).toBe(
    `--payload: expected text in UTF-8 or UTF-16; the file ${bad} is neither.\n`,
  );
});
