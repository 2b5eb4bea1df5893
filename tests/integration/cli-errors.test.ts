/** Bad input at the command line: the message names the option, says what was found there, and what is expected. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { relayInProcess } from '../support/command-line.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
const relay = (...args: readonly string[]) => relayInProcess(engine.dataFolder, args);
const url = 'https://hooks.example.com/x';
const mail = 'smtps://mail.example.com';
const telegram = `https://api.telegram.org/bot1:${'a'.repeat(35)}/sendMessage`;
const long = 'x'.repeat(300);
const unknown = (prefix: string) => `${prefix}_01M8GJCF25M01VHP9F5VW9RVFH`;

beforeAll(async () => {
  engine = await startTestEngine();
  expect((await relay('endpoint', 'add', '--url', url, '--description', 'Books')).code).toBe(0);
  const ofMail = ['--set', 'from=a@b.example', '--set', 'to=c@d.example, e@f.example', '--set', 'text=one\ntwo'];
  expect((await relay('endpoint', 'add', '--url', mail, '--description', 'Post', ...ofMail)).code).toBe(0);
  await writeFile(join(engine.dataFolder, 'short'), 'short\n');
  await writeFile(join(engine.dataFolder, 'long'), `{"text":"${'x'.repeat(70_000)}"}\n`);
  await writeFile(join(engine.dataFolder, 'key'), 'k'.repeat(5000));
}, 30_000);
afterAll(() => engine?.stop());

const rule = (is: string, value: string) =>
  `{"match":"all","of":[{"path":"data.total","is":"${is}","value":${value}}]}`;

describe('a value that is not taken', () => {
  test.each<[args: readonly string[], says: string]>([
    [
      ['endpoint', 'add', '--url', 'http://hooks.example.com/secret'],
      `--url: Events carry guests' data, so the address must begin with https:// (this one begins with http://). Got "http://hooks.example.com/…".`,
    ],
    [['endpoint', 'add', '--url', 'nope'], 'Got "nope".'],
    [['endpoint', 'add', '--url', 'hooks.slack.com/services/T/B/x'], '--url: What comes in front is missing: https://'],
    [['endpoint', 'change', 'Books', '--url', 'nope'], 'Got "nope".'],
    [
      ['endpoint', 'add', '--url', url, '--secret', 'short'],
      '--secret: The secret needs at least 16 characters; this one has 5.',
    ],
    [['endpoint', 'rotate', 'Books', '--secret', 'short'], '--secret: The secret needs at least 16 characters'],
    [['endpoint', 'enter-again', 'Books', '--secret', 'short'], '--secret: The secret needs at least 16 characters'],
    [
      ['endpoint', 'enter-again', 'Books'],
      'endpoint enter-again: give what to replace: --url, --secret, --header or --set.',
    ],
    [['endpoint', 'add', '--url', url, '--header', 'Host: x'], '--header: The header Host is set by Roost Relay'],
    [['endpoint', 'add', '--url', url, '--header', 'A: x', '--header', 'a: y'], '--header (number 2): The header a is'],
    [['endpoint', 'add', '--url', url, '--per-second', '5000'], '--per-second: expected at most 1000, got 5000.'],
    [['endpoint', 'add', '--url', url, '--in-flight', '2.5'], '--in-flight: expected a whole number, got 2.5.'],
    [
      ['endpoint', 'add', '--url', url, '--description', long],
      '--description: expected at most 200 characters, got 300.',
    ],
    [['endpoint', 'add', '--url', url, '--ca-file', 'package.json'], 'Got "package.json".'],
    [['endpoint', 'rotate', 'Books', '--overlap', '500d'], '--overlap: expected at most 30d, got "500d".'],
    [['endpoint', 'pause', 'Books', '--until', '2020-01-01'], '--until: "2020-01-01" is over'],
    [['endpoint', 'test', 'Books', '--body', '[]'], '--body: The data of an event is a JSON object'],
    [['endpoint', 'send-past', 'Books', '--from', '2026-02-30'], '--from: expected a time'],
    [['bench', 'point', 'Books', '--for', '5s'], '--for: expected at least 1m, got "5s".'],
    [['bench', 'release', 'Books'], 'Books is not pointed at the test bench.'],
    [['pause', '--for', '100d'], '--for: expected at most 7d, got "100d".'],
    [['source', 'add', '--name', long], '--name: expected at most 200 characters, got 300.'],
    [['refusal', 'show', 'abc'], 'number: expected the number that "source refusals" shows, got "abc".'],
    [['refusal', 'show', '99999'], '(99999)'],
    [['endpoint', 'add', '--url', mail, '--set', 'to=a@b.example'], '--set from: expected a text; it is missing.'],
    [
      ['endpoint', 'add', '--url', 'https://hooks.example.com/x', '--kind', 'telegram', '--set', 'chatId=abc'],
      '--set chatId: expected the number of a chat, such as -1001234567890, or the @name of a public channel, got "abc".',
    ],
    [
      ['endpoint', 'add', '--url', 'https://hooks.example.com/x', '--kind', 'convoy', '--set', 'token=se\ncret'],
      '--set token: expected a token of plain letters, digits and signs, with no space or line break.\n',
    ],
    [
      ['endpoint', 'add', '--url', mail, '--set', 'from=me', '--set', 'to=a@b.example'],
      '--set from: expected an address such as manager@hotel.example or Front desk <desk@hotel.example>, got "me".',
    ],
    [
      ['endpoint', 'add', '--url', url, '--set', 'token=abc'],
      '--set: the kind webhook does not ask for "token"; it asks for: nothing. Asked for by: outpost, svix, convoy, roost_relay; give the kind with --kind.',
    ],
    [
      ['endpoint', 'change', 'Books', '--set', 'chatId=-1'],
      'it asks for: nothing. Asked for by: telegram; give the kind with --kind.',
    ],
    [['endpoint', 'add', '--url', url, '--set', 'nonsense=1'], 'does not ask for "nonsense"; it asks for: nothing.\n'],
    [['endpoint', 'enter-again', 'Books', '--set', 'token=abc'], 'does not ask for "token"; it asks for: nothing.\n'],
    [
      ['endpoint', 'add', '--url', telegram],
      '--set chatId: Telegram needs to know which chat to write into: its number',
    ],
    ...['smtp://mail.example.com:99999', 'smtp://mail.example.com:0', 'https://a.example:99999/secret'].map(
      (address): [string[], string] => [
        [
          ...['endpoint', 'add', '--url', address],
          ...(address.startsWith('smtp') ? ['--set', 'from=x@y.z', '--set', 'to=a@b.c'] : []),
        ],
        `--url: This address has a port that there is not: expected one from 1 to 65535, got ${/:(\d+)/.exec(address)?.[1]}.\n`,
      ],
    ),
    [['endpoint', 'preview', '--url', 'https://a.example:99999/x'], 'expected one from 1 to 65535, got 99999.\n'],
    [['endpoint', 'preview', '--url', 'notaurl'], '--url: This is not an address.'],
    [['endpoint', 'change', 'Post', '--kind', 'webhook', '--yes'], '--kind: webhook is not sent to an address like'],
    [
      [
        'endpoint',
        'add',
        '--url',
        url,
        '--rules',
        '{"match":"all","of":[{"path":"data.total","is":"greater","value":"x"}]}',
      ],
      'expected a number such as 5000, or a day such as 2026-12-24, got "x".',
    ],
    [
      [
        ...['endpoint', 'add', '--url', url, '--kind', 'custom', '--yes', '--set'],
        'template={"a": "{% if data.none %}{{ data.total | money: \'PHP\', \'english\' }}{% endif %}"}',
      ],
      'The filter "money": expected a language and country such as "en-PH", got \'english\'.',
    ],
    ...['add', 'preview'].flatMap((act): [string[], string][] => [
      [
        ['endpoint', act, '--url', url, '--kind', 'custom', '--set', 'successStatuses=201,410'],
        '--set successStatuses: expected statuses that say that an event was taken, 200 to 399 or 409, got "410".\n',
      ],
      [
        [
          ...['endpoint', act, '--url', url, '--rules'],
          '{"match":"all","of":[{"path":"data.total","is":"greater","value":10},{"path":"data.total","is":"less","value":5}]}',
        ],
        '--rules: expected rules that some event can pass, got data.total greater 10; data.total less 5: no event can pass that.\n',
      ],
      [
        [
          ...['endpoint', act, '--url', url, '--rules'],
          '{"match":"all","of":[{"path":"event","is":"is","value":"booking.creatd"}]}',
        ],
        '--rules of[0].value: expected an event, got "booking.creatd". Did you mean booking.created?\n',
      ],
    ]),
    [
      [
        ...['endpoint', 'add', '--url', url, '--events', 'order.*', '--rules'],
        '{"match":"all","of":[{"path":"event","is":"is","value":"booking.created"}]}',
      ],
      '--rules: expected rules that some event of this endpoint can pass, got event is booking.created; it gets order.created, order.completed.\n',
    ],
    [
      [
        'endpoint',
        'add',
        '--url',
        url,
        '--rules',
        '{"match":"all","of":[{"path":"data.total","is":"bigger","value":1}]}',
      ],
      '--rules of[0].is: expected one of is, is_not, contains, one_of, greater, less, exists, got "bigger".',
    ],
    [
      ['endpoint', 'add', '--url', url, '--rules', '{"match":"all","of":[{"path":"total","is":"is","value":1}]}'],
      '--rules of[0].path: expected event, timestamp, property_id, or a member such as data.total, got "total".',
    ],
    [
      ['endpoint', 'add', '--url', url, '--rules', rule('is', 'null')],
      '--rules of[0].value: expected a text, a number or true or false, got null.',
    ],
    [
      ['endpoint', 'add', '--url', url, '--rules', rule('contains', '""')],
      '--rules of[0].value: expected what it must contain; it is empty, which everything contains.',
    ],
    [
      ['endpoint', 'preview', '--kind', 'teams', '--set', `template={"text":"${'x'.repeat(70_000)}"}`],
      '--set template: expected at most 65536 characters, got 70011.',
    ],
    [
      ['endpoint', 'add', '--url', url, '--rules', rule('contains', '{"a":1}')],
      '--rules of[0].value: expected a text, a number or true or false, got an object.',
    ],
    [
      ['endpoint', 'add', '--url', url, '--rules', rule('greater', 'true')],
      '--rules of[0].value: expected a text or a number, got true or false.',
    ],
    [
      ['endpoint', 'add', '--url', url, '--rules', rule('one_of', '["a",["b"]]')],
      '--rules of[0].value[1]: expected a text, a number or true or false, got an array.',
    ],
    [
      ['endpoint', 'add', '--url', url, '--rules', rule('one_of', '"a"')],
      '--rules of[0].value: expected an array, got "a".',
    ],
    [
      ['endpoint', 'add', '--url', url, '--rules', rule('exists', '"yes"')],
      '--rules of[0].value: expected true or false, got "yes".',
    ],
    [
      ['endpoint', 'add', '--url', url, '--rules', rule('is', JSON.stringify('x'.repeat(501)))],
      '--rules of[0].value: expected at most 500 characters',
    ],
    [
      ['endpoint', 'add', '--url', url, '--rules', '{"match":"some","of":[]}'],
      '--rules match: expected one of all, any, got "some".',
    ],
    [
      ['endpoint', 'add', '--url', url, '--kind', 'custom', '--set', 'signatureHeader=Content-Type'],
      '--set signatureHeader: expected a header of the receiver’s own, such as X-Hub-Signature-256.',
    ],
    [
      ['settings', 'set', '--currency', 'XX1'],
      '--currency: expected the three letters of a currency, such as PHP, got "XX1".',
    ],
    [['settings', 'set', '--locale', 'hotel time'], '--locale: expected a language and country such as en-PH'],
    [['settings', 'set', '--network', 'on', '--network-host', '192.0.2.1'], '--network-host: '],
    [['settings', 'set', '--port', '99999'], '--port: expected at most 65535, got 99999.'],
    [['settings', 'set', '--retention-days', '-1'], '--retention-days: expected at least 1, got -1.'],
    [
      ['settings', 'set', '--retention-days', '7', '--keep-content', '400'],
      '--keep-content: Events are kept for 7 days, and what they said goes with them: expected at most 7 days, got 400.',
    ],
    [
      ['settings', 'set', '--keep-answers', '31'],
      '--keep-answers: What events said is kept for 30 days, and the answers to it go with it: expected at most 30 days, got 31.',
    ],
    [['settings', 'set', '--retention-days', 'abc'], '--retention-days: expected a whole number of days, got "abc".'],
    [
      ['settings', 'set', '--internet-check', 'https://check.example/ok'],
      '--internet-check: expected an address that begins',
    ],
    [
      ['settings', 'set', '--internet-check', 'http://a.example/ 204', 'b.example'],
      '--internet-check: expected a plain',
    ],
    [['settings', 'set', '--internet-check', 'http://a.example/ 302'], '--internet-check: expected a status from 200'],
    [
      ['settings', 'set', '--internet-check', ...Array(6).fill('http://a.example/')],
      '--internet-check: expected a list of at most 5',
    ],
    [['settings', 'set', '--currency', 'pesos'], '--currency: expected 3 characters, got "PESOS".'],
    [['settings', 'set', '--time-zone', 'Mars'], '--time-zone: expected a time zone such as Asia/Manila, got "Mars".'],
    [['settings', 'set', '--network-host', 'nope'], '--network-host: expected an address of this PC'],
    [['settings', 'set', '--network-port', '0'], '--network-port: expected at least 1, got 0.'],
    [['settings', 'set', '--property', long], '--property: expected at most 100 characters, got 300.'],
    [['deliveries', '--limit', '0'], '--limit: expected 1 to 500, got "0".'],
    [['deliveries', '--cursor', 'abc'], '--cursor: expected a cursor that a page gave, got "abc".'],
    [['deliveries', '--entity', long], '--entity: expected at most 200 characters, got 300.'],
    [['story', long], 'about: expected at most 200 characters, got 300.'],
    [['event', 'nope'], 'event: expected an id, evt_ and 26 letters and digits, got "nope".'],
    [['endpoint', 'preview', '--event-id', 'nope'], '--event-id: expected an id, evt_ and 26 letters and digits'],
    [['event', unknown('evt')], unknown('evt')],
    [['cancel', unknown('dlv')], unknown('dlv')],
    [['job', 'show', unknown('job')], unknown('job')],
    [['session', 'end', unknown('ses')], unknown('ses')],
    [['pin', 'lock-after', 'abc'], 'minutes: expected 1 to 480, or off, got "abc".'],
    [['endpoint', 'show', 'Nobody'], 'endpoint: there is no endpoint "Nobody".'],
    [['deliveries', '--endpoint', 'Nobody'], '--endpoint: there is no endpoint "Nobody".'],
    [['emit', 'booking.created', '--payload', '{'], '--payload: '],
    [['emit', 'booking.created', '--payload', '{}', '--timestamp', 'noon'], 'Got "noon".'],
    [['emit', 'booking.created', '--payload', '{}', '--id', long], '--id: expected a text of 1 to 200 characters'],
    [['restore', 'nope'], 'There is no such file.'],
    [['restore', '/etc/hostname'], 'it is no backup of Roost Relay'],
  ])('%j', async (args, says) => {
    const { code, out, err } = await relay(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(says);
    const asJson = await relay(...args, '--json');
    expect(asJson.code).toBe(2);
    expect(JSON.parse(asJson.out)).toMatchObject({ error: { code: expect.any(String) } });
  });

  test('is never repeated where it is a secret', async () => {
    const typed = 'p4ss w0rd'.slice(0, 7);
    const passphrase = join(engine.dataFolder, 'short');
    await writeFile(passphrase, typed);
    const said = await relay('backup', '--passphrase-file', passphrase);
    expect(said.err).toBe('--passphrase-file: expected 8 or more characters, got 7.\n');
    const address = await relay('endpoint', 'add', '--url', `https://u:${encodeURI(typed)}@hooks.example.com/${typed}`);
    expect(address.err).toContain('--url: ');
    for (const { err } of [said, address]) expect(err).not.toContain('p4ss');
  });
});

test.each([`${mail}:587`, 'smtp://mail.example.com:465'])(
  '%s is warned of before there is an endpoint',
  async (address) => {
    const of = ['--url', address, '--set', 'from=a@b.example', '--set', 'to=c@d.example'];
    const added = await relay('endpoint', 'add', ...of);
    expect(added.code).not.toBe(0);
    expect(added.err).toContain('On port 465 a mail server expects smtps://, on 587 and 25 smtp://.');
    expect((await relay('endpoint', 'preview', ...of)).out).toContain('On port 465 a mail server expects smtps://');
  },
);

test('a file that cannot be named so ends export and backup alike', async () => {
  const missing = join(engine.dataFolder, 'no', 'such', 'file');
  const ended = await Promise.all(['export', 'backup'].map((command) => relay(command, '--file', missing)));
  for (const { code, err } of ended) {
    expect(code).toBe(2);
    expect(err).toMatch(/^--file: There is no folder .*no.such\. Make it first/);
  }
});

test('an array without an event has a code of its own, and a sentence that is true', async () => {
  const answer = await fetch(`${engine.engine.intakeAddress}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${engine.token}`, 'content-type': 'application/json' },
    body: '[]',
  });
  expect(answer.status).toBe(400);
  const message = 'body: there is no event in it. Expected at least one.';
  expect(await answer.json()).toMatchObject({ error: { code: 'no_events', message } });
  const emitted = await relayInProcess(engine.dataFolder, ['emit'], { input: '[]\n' });
  expect([emitted.code, emitted.err]).toEqual([2, expect.stringContaining(message)]);
});

test('help lists how rules compare', async () => {
  const { out } = await relay('endpoint', 'add', '--help');
  expect(out.replaceAll(/\s+/g, ' ')).toContain('is, is_not, contains, one_of, greater, less, exists');
});

test('when an event happened is told by the property’s clocks', async () => {
  await engine.call('settings.change', { change: { timeZone: 'Asia/Manila' } });
  const posted = await engine.post('booking.created', { booking_id: 'b' }, { timestamp: '2026-11-23T20:30:00Z' });
  const { out } = await relay('event', posted.body.id ?? '');
  expect(out).toMatch(/Happened +2026-11-24 04:30:00/);
});

test('a sample of an event’s data is printed to be changed, and can be handed in', async () => {
  const sample = await relay('emit', 'payment.received', '--sample');
  expect([sample.code, sample.err]).toEqual([0, '']);
  const file = join(engine.dataFolder, 'sample.json');
  await writeFile(file, sample.out);
  const emitted = await relay('emit', 'payment.received', '--payload', `@${file}`);
  expect([emitted.code, emitted.out]).toEqual([0, expect.stringMatching(/^evt_\w+: stored\./)]);
  expect((await relay('emit', 'payment.receive', '--sample')).err).toContain('got "payment.receive"');
});

describe('what a person says yes to first', () => {
  test.each<[args: readonly string[], says: string]>([
    [
      ['endpoint', 'add', '--url', 'https://bay.slack.com/archives/C1'],
      'not the address of an incoming webhook of Slack',
    ],
    [['endpoint', 'add', '--url', 'https://discord.com/channels/1/2'], 'not the address of a webhook of Discord'],
    [['endpoint', 'add', '--url', 'https://teams.microsoft.com/l/channel/x'], 'that a Teams workflow waits at'],
    [['endpoint', 'add', '--url', 'https://chat.google.com/room/x'], 'not the address of a webhook of Google Chat'],
    [
      ['endpoint', 'add', '--url', 'https://hooks.example.com/y', '--kind', 'custom', '--set', 'template={"a": }'],
      'makes nothing that can be sent of any sample event. Line 1, column 7: What comes out is not JSON: }',
    ],
    [
      ['endpoint', 'change', 'Post', '--url', 'https://hooks.example.com/z', '--kind', 'webhook'],
      'What is set for the kind it has now is dropped with it: from, to, text.',
    ],
  ])('%j', async (args, says) => {
    const { code, err } = await relay(...args);
    expect(err).toContain(says);
    expect(err).toContain('--yes');
    expect(code).toBe(2);
  });

  test('a preview of a template that was typed wrong is bad input', async () => {
    const { code, out } = await relay('endpoint', 'preview', '--kind', 'custom', '--set', 'template={{ x | nope }}');
    expect([code, out]).toEqual([2, expect.stringContaining('line 1, column 1: There is no filter "nope".')]);
  });

  test('what is set for a kind is shown in words', async () => {
    const { out } = await relay('endpoint', 'show', 'Post');
    expect(out).toMatch(
      /Set +from: a@b\.example; to: c@d\.example, e@f\.example; language: English; text: your own, 2 lines/,
    );
  });
});

test('of what is too long in a file the count is said, of a secret too', async () => {
  const file = `@${join(engine.dataFolder, 'long')}`;
  const tooLong = '--set template: expected at most 65536 characters, got 70011.';
  for (const args of [
    ['preview', '--kind', 'teams'],
    ['add', '--url', url, '--kind', 'custom'],
    ['change', 'Books', '--kind', 'custom'],
  ]) {
    const { code, err } = await relay('endpoint', ...args, '--set', `template=${file}`);
    expect([args, code, err]).toEqual([args, 2, expect.stringContaining(tooLong)]);
  }
  const engineOf = [
    '--url',
    'https://engine.example/api/v1/publish',
    '--set',
    `token=@${join(engine.dataFolder, 'key')}`,
  ];
  const { err } = await relay('endpoint', 'add', ...engineOf);
  expect(err).toContain('--set token: expected at most 4000 characters, got 5000.');
  const from = ['source', 'add', '--name', 'Files', '--kind', 'folder', '--set', `folder=${file}`];
  expect((await relay(...from)).err).toMatch(/--set folder: expected at most [\d,]+ characters, got 70011\./);
});

describe('what is at fault is named, with what was expected', () => {
  test.each<[args: readonly string[], says: string]>([
    [['source', 'add', '--name', 'X', '--kind', 'folder'], '--set folder: expected a text; it is missing.'],
    [['source', 'add', '--name', 'X', '--set', 'folder=/x'], 'Asked for by: folder; give the kind with --kind.'],
    [['source', 'add', '--name', 'X', '--kind', 'folder', '--set', 'folder=/x', '--set', 'format=yaml'], 'got "yaml"'],
    [['forget', '--phone', 'abc'], '--phone: expected a telephone number of seven digits or more'],
    [['audit', '--act', 'nonsense.x'], '--act: expected an act'],
    [['endpoint', 'nonsense', '--help'], "unknown command 'nonsense'"],
  ])('%j', async (args, says) => {
    const { code, err } = await relayInProcess(engine.dataFolder, args);
    expect([code, err]).toEqual([2, expect.stringContaining(says)]);
  });
});
