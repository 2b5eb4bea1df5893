import { expect, test } from './support/relay.ts';

test('17', async ({ page, relay }) => {
  test.setTimeout(240_000);
  const bad = await Promise.all(Array.from({ length: 17 }, () => relay.receiver()));
  for (const [n, r] of bad.entries()) await relay.endpoint(`Till ${n + 1}`, r, { events: ['guest.checkin'] });
  for (const [n, r] of bad.entries())
    r.answerWith(
      n < 2
        ? { status: 404, body: 'x'.repeat(5000) }
        : n < 4
          ? { does: 'reset' }
          : { status: 500, body: 'x'.repeat(3000) },
    );
  for (let n = 0; n < 4; n += 1) await relay.post('guest.checkin', { booking_id: `bk_${n}`, guest_name: 'Ana' });
  for (const r of bad) await r.received(3, 20_000);
  await page.setViewportSize({ width: 1024, height: 700 });
  await relay.open(page, '/');
  await page.waitForTimeout(2500);
  await page.screenshot({ path: '/tmp/words/today-1024.png', fullPage: false });
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.waitForTimeout(500);
  await page.screenshot({ path: '/tmp/words/today-1920.png' });
  expect(1).toBe(1);
});
