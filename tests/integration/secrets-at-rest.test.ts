/**
 * A set of secrets is planted wherever a person or a receiver can put one, all that the product writes is written,
 * and then every byte of the data folder is searched for them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { afterAttempts, booking, deliveryOf } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startReceiver } from '../support/receiver.ts';

const planted = {
  pathToken: 'PATHkeyT0123456789abcdef',
  queryToken: 'QUERYkeyT987654321fedcba',
  header: 'HEADERvalueX0123456789',
  signing: 'SIGNINGsecretZ0123456789',
  proxy: 'PROXYpassW0123456789',
  passphrase: 'PASSphraseV0123456789',
};

/** Each secret as it may turn up: as it is, and in base64 at each of the three places it can begin at. */
function formsOf(secret: string): string[] {
  const base64 = ['', 'x', 'xx'].map((before) =>
    Buffer.from(before + secret)
      .toString('base64')
      .slice(4, -4),
  );
  return [secret, ...base64];
}

/** Which of the planted ones lie in which file below the folder. */
function foundIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.flatMap((entry) => {
    const file = join(entry.parentPath, entry.name);
    const bytes = readFileSync(file);
    return Object.entries(planted)
      .filter(([, secret]) => formsOf(secret).some((form) => bytes.includes(form)))
      .map(([name]) => `${name} in ${file.slice(folder.length + 1)}`);
  });
}

const jobDone = (test: TestEngine, id: string) =>
  test.until(
    () => test.call('jobs.get', { id: id as never }),
    ({ state }) => state !== 'running',
  );

describe('secrets at rest', () => {
  it('none lies in the clear in any byte of the data folder, the log, an export or a backup', async () => {
    await using folder = await temporaryFolder();
    await using receiver = await startReceiver();
    const test = await startTestEngine({ dataFolder: folder.path });
    // What a careless receiver gives back: the address it was asked at, and the headers.
    receiver.answerWith(({ path, headers }, n) => ({
      status: [404, 302, 500, 400][n % 4] ?? 200,
      headers: {
        'content-type': 'application/json',
        server: `echo/1.0 (${headers['x-key']})`,
        'www-authenticate': `Basic realm="${path}"`,
        'x-echo': String(headers.authorization),
        location: `https://login.example.com/?next=${encodeURIComponent(path)}&token=${planted.queryToken}`,
      },
      body: JSON.stringify({
        ...{ error: `no route ${path}`, authorization: headers.authorization, key: headers['x-key'] },
        ...{ cookies: encodeURIComponent(String(headers['x-key'])), page: `<a href="${path}">${path}</a>` },
        // Over and over, past what is kept: the cut falls somewhere inside.
        trace: n % 2 === 0 ? '' : `${headers['x-key']}${path}`.repeat(1_500),
      }),
    }));
    await test.call('settings.change', {
      change: { proxy: `http://relay:${planted.proxy}@proxy.hotel.example:3128` },
    });
    const { id } = await test.addEndpoint(receiver, {
      url: `${receiver.url}/${planted.pathToken}?token=${planted.queryToken}`,
      secret: planted.signing,
      headers: [
        { name: 'X-Key', value: planted.header },
        { name: 'Authorization', value: `Basic ${Buffer.from(`user:${planted.header}`).toString('base64')}` },
      ],
    });
    await test.call('endpoints.test', { id });
    const events = await Promise.all([1, 2, 3, 4].map((n) => booking(test, `bk_${n}`)));
    for (const event of events) await deliveryOf(test, event, afterAttempts(1));
    await test.call('endpoints.change', {
      id,
      change: { url: `${receiver.url}/v2/${planted.pathToken}?token=${planted.queryToken}` },
    });
    for (const format of ['csv', 'jsonl'] as const) {
      await jobDone(test, (await test.call('export.start', { format, file: null })).id);
    }
    await jobDone(test, (await test.call('backup.start', { file: null, passphrase: planted.passphrase })).id);
    await test.call('doctor.run', {});
    const log = test.log.lines.join('\n');
    await test.stop();

    expect(foundIn(folder.path)).toEqual([]);
    for (const secret of Object.values(planted)) for (const form of formsOf(secret)) expect(log).not.toContain(form);
  });
});
