/** However a guest is written, in an address, a PMS id or with two letters, every byte of it goes, and another's stays. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { matcherOf, noIdentifiers } from '../../electron/engine/privacy/forget/sought.ts';
import { systemClock } from '../../electron/engine/system-clock.ts';
import { relayInProcess } from '../support/command-line.ts';
import { afterAttempts, deliveryOf, posted } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { startReceiver } from '../support/receiver.ts';

/** Each way in which a text may stand in a file's bytes. */
function written(text: string): Buffer[] {
  const encoded = encodeURIComponent(text);
  const escaped = [...text].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  const partly = text.replaceAll(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const each = [
    text,
    text.toLowerCase(),
    encoded,
    encoded.toLowerCase(),
    encoded.replaceAll('%20', '+'),
    escaped,
    partly,
  ];
  const wide = Buffer.from(text, 'utf16le');
  return [...each.map((one) => Buffer.from(one)), wide, Buffer.from(wide).swap16()];
}

async function speaking(folder: string, texts: readonly string[]): Promise<string[]> {
  const needles = texts.flatMap(written);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const bytes = await readFile(join(entry.parentPath, entry.name));
    for (const needle of needles) if (bytes.includes(needle)) found.push(`${entry.name}: ${needle}`);
  }
  return found;
}

const guests = [
  {
    by: ['--mail', 'tomasa@agui.example'],
    events: 1,
    id: 'tomasa@agui.example',
    data: { booking_id: 'bk_t1', url: 'https://pms.example/g?n=Tomasa+Aguinaldo&m=tomasa%40agui.example' },
    gone: ['tomasa@agui.example', 'Tomasa', 'bk_t1'],
  },
  {
    by: ['--name', 'Tomasa Peñaflor'],
    events: 1,
    data: { booking_id: 'bk_t2', link: 'https://pms.example/g/Tomasa%20Pe%c3%b1aflor/profile' },
    gone: ['Tomasa', 'Peñaflor', 'Pe\u00f1aflor', 'bk_t2'],
  },
  {
    by: ['--phone', '+63 917 555 0184'],
    events: 1,
    data: { booking_id: 'bk_t3', link: 'tel:%2B63%20917%20555%200184' },
    gone: ['555 0184', 'bk_t3'],
  },
  {
    by: ['--booking', 'RES 77/Q'],
    events: 2,
    data: { booking_id: 'RES 77/Q' },
    more: { booking_id: 'bk_t4', link: 'https://pms.example/b/res%2077%2FQ/edit' },
    gone: ['RES 77/Q'],
  },
  {
    by: ['--name', '李明'],
    events: 2,
    data: { booking_id: 'bk_t5', guest_name: '李明' },
    more: { booking_id: 'bk_t6', notes: '客人李明先生要加床' },
    gone: ['李明', 'bk_t5'],
  },
  {
    by: ['--name', 'Ng'],
    events: 2,
    data: { booking_id: 'bk_t7', guest_name: 'Ng' },
    more: { booking_id: 'bk_t8', guest: { first_name: 'Violet', last_name: 'NG' } },
    gone: ['bk_t7', 'bk_t8', 'Violet'],
  },
  {
    by: ['--name', 'wolfgang kummerle'],
    events: 2,
    data: { booking_id: 'bk_t9', Customers: [{ LastName: 'Kümmerle', Title: 'Mister', FirstName: 'Wolfgang' }] },
    more: { booking_id: 'bk_t10', raw: '<GivenName>Wolfgang</GivenName>\n<Surname>Kümmerle</Surname>' },
    gone: ['Wolfgang', 'Kümmerle', 'bk_t9', 'bk_t10'],
  },
  {
    by: ['--name', 'Juergen Mueller'],
    events: 2,
    data: { booking_id: 'bk_t11', order_id: 'or_t11', guest_name: 'Jürgen Müller' },
    more: { order_id: 'or_t11', total: 5 },
    gone: ['Jürgen', 'jurgen', 'bk_t11'],
  },
] as const;

test.each(guests)('by $by', { timeout: 60_000 }, async ({ by, events, data, gone, ...rest }) => {
  await using receiver = await startReceiver();
  receiver.answerWith(({ text }) => ({ status: 422, body: `no: ${text}` }));
  // By the real clock: what is forgotten rests between its steps.
  await using engine = await startTestEngine({ clock: systemClock as never, notices: 'log' });
  await engine.addEndpoint(receiver);
  const other = { booking_id: 'bk_other', guest_name: 'Ana Ngo', notes: 'bilang ng guest: 2, 李小姐, Aguinaldo St' };
  const posts = [
    await posted(engine, 'booking.created', data, 'id' in rest ? { id: rest.id } : {}),
    ...('more' in rest ? [await posted(engine, 'booking.created', rest.more)] : []),
    await posted(engine, 'booking.created', other),
  ];
  for (const event of posts) await deliveryOf(engine, event, afterAttempts(1));
  expect(await relayInProcess(engine.dataFolder, ['backup'])).toMatchObject({ code: 0 });
  await mkdir(join(engine.dataFolder, 'rejected'), { recursive: true });
  await writeFile(join(engine.dataFolder, 'rejected', 'evt_x.json'), Buffer.from(JSON.stringify(data), 'utf16le'));
  expect((await speaking(engine.dataFolder, gone)).length).toBeGreaterThan(3);

  const preview = await relayInProcess(engine.dataFolder, ['forget', ...by, '--json']);
  expect(JSON.parse(preview.out)).toMatchObject({ events });
  const done = await relayInProcess(engine.dataFolder, ['forget', ...by, '--yes']);
  expect([done.code, done.out]).toEqual([0, expect.stringMatching(/\nForgotten\.\n$/)]);
  expect(await speaking(engine.dataFolder, gone)).toEqual([]);
  const left = (await engine.call('events.list', { filter: {} })).rows.filter((row) => row.gone === null);
  expect(left.map(({ entity }) => entity?.id)).toEqual(['bk_other']);
  const again = await relayInProcess(engine.dataFolder, ['forget', ...by]);
  expect(again.out).toBe('Nothing here speaks of that guest.\n');
});

test('a name of two letters is a word of a name, and no word of a sentence, a code or another’s name', () => {
  const { mentions } = matcherOf({ ...noIdentifiers, names: ['Ng'] });
  const json = (value: object) => JSON.stringify({ data: value });
  for (const value of [{ guest_name: 'Ng' }, { payer: { name: 'ng, Violet' } }, { lastName: 'NG' }])
    expect(mentions(json(value)), json(value)).toBe(true);
  for (const value of [{ notes: 'bilang ng guest' }, { country: 'NG' }, { guest_name: 'Ngo' }, { room_name: 'Ng' }])
    expect(mentions(json(value)), json(value)).toBe(false);
  expect([mentions('bk_1,Ng,204'), mentions('bk_1,bilang ng guest')]).toEqual([true, false]);
});

test('found by a mail address, a guest’s name that stands deep is known, and where else it stands is told', async () => {
  await using engine = await startTestEngine({ clock: systemClock as never });
  const people = [{ Email: 'l@albrecht.example', LastName: 'Albrecht', FirstName: 'Lena' }];
  const staff = { firstName: 'Rey', lastName: 'Quiambao' };
  await posted(engine, 'booking.created', { booking_id: 'bk_1', reservation: { people, employee: staff } });
  await posted(engine, 'booking.created', { booking_id: 'bk_2', notes: 'with Lena Albrecht, by Rey Quiambao' });
  const preview = await engine.call('forget.look', { sought: { mail: 'l@albrecht.example' } });
  expect(preview).toMatchObject({ events: 1, elsewhere: [{ kind: 'name', value: 'Lena Albrecht', events: 1 }] });
});

test('a name that stands in two members is one, in whatever they are called and written', () => {
  const { mentions } = matcherOf({ ...noIdentifiers, names: ['Lena Maria Albrecht'] });
  for (const text of [
    '{"guests":[{"profile":{"familyName":"Albrecht","vip":true,"givenName":"Lena Maria"}}]}',
    '{"guest_last_name":"Albrecht","total":5,"guest_first_name":"Lena Maria"}',
    '{"firstName":"Lena","lastName":"Albrecht","middleName":"Maria"}',
    '{"PersonName":{"Surname":{"#text":"ALBRECHT"},"GivenName":{"#text":"Lena Maria"}}}',
    '{"Vorname":"Lena","Nachname":"Maria Albrecht"}',
    '{"partner_id":[88,"Albrecht, Lena Maria"]}',
    '{"raw":"<Surname>Albrecht</Surname><GivenName>Lena Maria</GivenName>"}',
    '<Guest Given="Lena Maria" Family="Albrecht"/>',
    'bk_1;"Lena Maria";"Albrecht";204',
    'first=Lena+Maria&last=Albrecht',
    '"data":"{""firstName"":""Lena Maria"",""lastName"":""Albrecht""}"',
  ])
    expect(mentions(text), text).toBe(true);
  for (const text of [
    '{"guests":[{"first_name":"Lena Maria","last_name":"Cruz"},{"first_name":"Ana","last_name":"Albrecht"}]}',
    '{"guest_last_name":"Albrecht","booker_first_name":"Lena Maria"}',
    'Lena Maria came with Mr. Albrecht',
    'bk_1;"Lena";"Albrecht";204',
  ])
    expect(mentions(text), text).toBe(false);
  const inHan = matcherOf({ ...noIdentifiers, names: ['欧阳修远'] });
  expect(inHan.mentions('{"姓":"欧阳","名":"修远"}')).toBe(true);
});

test('a name with an umlaut is the same as passports write it, and no other name', () => {
  const { mentions, isNamed } = matcherOf({ ...noIdentifiers, names: ['Jürgen Müller'] });
  const passport = matcherOf({ ...noIdentifiers, names: ['Juergen Mueller'] });
  for (const text of [
    '{"guest":"MUELLER, JUERGEN"}',
    '{"first_name":"Jürgen","last_name":"Mueller"}',
    '{"g":"Jurgen Muller"}',
  ])
    expect(mentions(text), text).toBe(true);
  for (const text of [
    '{"guest":"Jürgen Müller"}',
    '{"last_name":"Mu\u0308ller","first_name":"Juergen"}',
    '/g/J%C3%BCrgen%20M%C3%BCller',
  ])
    expect(passport.mentions(text), text).toBe(true);
  expect([isNamed('Mueller, Juergen'), passport.isNamed('Jürgen Müller'), passport.isNamed('Jurgen Muller')]).toEqual([
    true,
    true,
    false,
  ]);
  expect(matcherOf({ ...noIdentifiers, names: ['Michael Roe'] }).mentions('{"guest":"Michal Ro"}')).toBe(false);
});

test('what is no name finds nobody', () => {
  for (const name of ['\u200b\u200b', '\u0301\u0301', '--', '· ·', 'J.']) {
    const { mentions, isNamed, without, withoutWords } = matcherOf({ ...noIdentifiers, names: [name] });
    const text = JSON.stringify({ guest_name: 'Juan J. Cruz', said: 'no such guest', notes: '李小姐' });
    expect([mentions(text), isNamed('juan cruz'), without(text), withoutWords(text)], name).toEqual([
      false,
      false,
      text,
      text,
    ]);
  }
});

test('one letter is refused with what is expected', async () => {
  await using engine = await startTestEngine();
  const { err } = await relayInProcess(engine.dataFolder, ['forget', '--name', 'N']);
  expect(err).toContain('expected 2 or more characters');
});
