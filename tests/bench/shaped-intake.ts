/** What Odoo posts, shaped as it comes: five hundred a second, beside bare commits at the machine's own pace. */
import { bareCommits } from './bare.ts';
import { startEngineUnderTest } from './engine-under-test.ts';
import { postAtRate, requestBytes } from './posting.ts';
import type { Measured } from './report.ts';

const perSecond = 500;

/** One paused endpoint, so that each event has its delivery. */
export async function measureShapedIntake(seconds: number, nodeOptions: readonly string[]): Promise<Measured[]> {
  await using engine = await startEngineUnderTest({ urls: ['http://127.0.0.1:9/'], paused: true, nodeOptions });
  const { port } = engine.target;
  const { id, secretUrl } = await engine.control.call('sources.add', { name: 'Odoo', shaping: { preset: 'odoo' } });
  const target = { port, path: new URL(secretUrl).pathname, headers: {} };
  const request = (n: number) =>
    requestBytes(
      target,
      `{"_action":"Send Webhook Notification(#412)","_id":${n},"_model":"hotel.reservation","checkin":"2026-03-20 06:00:00","checkout":"2026-03-22 04:00:00","name":"R/${n}","partner_id":[31,"Mar\\u00eda Pe\\u00f1a"],"state":"confirm","total":6000.00,"write_date":"2026-03-15 10:30:00"}`,
    );
  const warm = Array.from({ length: 300 }, (_, n) => request(n));
  await postAtRate(port, warm, perSecond, () => {});
  const count = perSecond * seconds;
  const requests = Array.from({ length: count }, (_, n) => request(1_000 + n));
  const posted = await postAtRate(port, requests, perSecond, () => {});
  const source = (await engine.control.call('sources.list', {})).find((one) => one.id === id);
  if (source?.kept !== 0 || source.eventsToday !== count + warm.length) {
    throw new Error(
      `${count + warm.length} were posted; ${source?.eventsToday} became events, ${source?.kept} are kept`,
    );
  }
  const bare = await bareCommits(count, 20);
  return [
    {
      part: 'shaped',
      what: 'Odoo, one message a post',
      value: posted.perSecond,
      unit: 'events/s',
      bare,
      goal: { atLeast: 490 },
    },
    { part: 'shaped', what: 'slowest 1 % of the answers', value: posted.p99Ms, unit: 'ms', goal: { atMost: 250 } },
    { part: 'shaped', what: 'slowest answer', value: posted.longestMs, unit: 'ms' },
  ];
}
