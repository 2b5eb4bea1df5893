/** Monday's page as a PDF beside its mail: where somebody can print one, and without it where nobody can. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CallOutput } from '../../shared/api.ts';
import type { EndpointId } from '../../shared/domain.ts';
import { weekNotice } from '../../shared/week-notice.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { type MailServer, startMailServer, type TakenMail } from '../support/mail-server.ts';

const pdf = Buffer.from('%PDF-1.7 of a double');
let server: MailServer;
let engine: TestEngine;
let id: EndpointId;
let printed: string[] = [];
let print: (html: string) => Promise<Uint8Array>;

const start = async (pagePrinter: { print: typeof print } | null) => {
  const started = await startTestEngine(pagePrinter === null ? {} : { pagePrinter });
  const { endpoint } = await started.call('endpoints.add', {
    endpoint: {
      ...{ kind: 'mail', url: server.address, caPem: server.caPem, description: 'Owner', events: ['relay.week'] },
      config: { from: 'relay@hotel.example', to: ['owner@hotel.example'] },
    },
  });
  id = endpoint.id;
  return started;
};

beforeAll(async () => {
  server = await startMailServer();
  engine = await start({ print: (html) => print(html) });
});
beforeEach(() => {
  printed = [];
  server.taken.length = 0;
  print = async (html) => {
    printed.push(html);
    return pdf;
  };
});
afterAll(async () => {
  await engine.stop();
  await server.stop();
});

const report = (): Promise<CallOutput<'week.report'>> => engine.call('week.report', { back: 1 });
async function sendWeek(of = engine): Promise<TakenMail> {
  const dataText = JSON.stringify(weekNotice(await report(), await engine.call('settings.get', {})));
  const { ok, attempt } = await of.call('endpoints.test', { id, event: 'relay.week', dataText });
  expect(ok, JSON.stringify(attempt)).toBe(true);
  const [mail] = server.taken;
  if (mail === undefined) throw new Error('no mail came');
  return mail;
}

/** The files that go with a message, by their names. */
const filesOf = ({ raw }: TakenMail): Map<string, Buffer> =>
  new Map(
    [...raw.matchAll(/filename="?([^"\r\n]+)"?[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/g)].map(
      ([, name = '', base64 = '']) => [name, Buffer.from(base64, 'base64')],
    ),
  );

test('the mail has the page as text, as HTML and as a file that says which week it is', async () => {
  const mail = await sendWeek();
  const { from } = await report();
  const monday = new Date(Math.round((from / 86_400_000 - 4) / 7) * 7 * 86_400_000 + 4 * 86_400_000);
  expect(filesOf(mail)).toEqual(new Map([[`week ${monday.toISOString().slice(0, 10)}.pdf`, pdf]]));
  expect(mail.raw).toMatch(
    /Content-Type: text\/plain[\s\S]+Content-Type: text\/html[\s\S]+Content-Type: application\/pdf/,
  );
  const [html = ''] = printed;
  expect(html).toContain('<h2>Events that came in</h2>');
  // Whole by itself: it asks for nothing.
  expect(html).not.toMatch(/<script|src=|href=|url\(/);
});

test('what an endpoint is called is no markup in it', async () => {
  const data = { title: 'A <b>week</b>', text: 'Receivers\n  <img src=x onerror=1>: 3', language: 'en', since: null };
  await engine.call('endpoints.test', { id, event: 'relay.week', dataText: JSON.stringify(data) });
  expect(printed[0]).toContain('<h1>A &lt;b&gt;week&lt;/b&gt;</h1>');
  expect(printed[0]).toContain('<li>&lt;img src=x onerror=1&gt;: 3</li>');
});

test('where it cannot be printed the mail goes out without it, and the log says so', async () => {
  print = () => Promise.reject(new Error('no screen'));
  expect(filesOf(await sendWeek())).toEqual(new Map());
  expect(engine.log.lines.join('\n')).toContain("Monday's page could not be printed");
});

test('a printer that never answers holds it up for 20 seconds and no longer', async () => {
  print = () => new Promise(() => {});
  const sent = sendWeek();
  await engine.until(
    () => engine.clock.advance(1_000).then(() => server.taken.length),
    (count) => count === 1,
  );
  expect(filesOf(await sent)).toEqual(new Map());
});

test('nothing else is printed, and without a printer nothing is', async () => {
  await engine.call('endpoints.test', { id, event: 'relay.endpoint_failing' });
  expect(printed).toEqual([]);
  await using headless = await start(null);
  server.taken.length = 0;
  expect(filesOf(await sendWeek(headless))).toEqual(new Map());
});
