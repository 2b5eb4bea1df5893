/** What is too old for its endpoint, in the window: told on Today, sent or skipped at the endpoint, said at the delivery. */
import { writeSpoolFiles } from '../../electron/engine/intake/spool-file.ts';
import { createIdSource } from '../../electron/engine/store/ids.ts';
import { expectAccessible, expectNothingCutOff, keepPictures } from './support/proof.ts';
import { expect, type Relay, test } from './support/relay.ts';

const ids = createIdSource();
const hourMs = 3_600_000;

/** Check-ins that were handed over so many hours ago, while nothing ran. */
async function checkInsOf(relay: Relay, hours: number, ...guests: string[]): Promise<void> {
  const spooledAtMs = Date.now() - hours * hourMs;
  const events = guests.map((guest_name) => ({
    id: ids.event(spooledAtMs),
    spooledAtMs,
    text: JSON.stringify({ event: 'guest.checkin', data: { booking_id: `bk_${guest_name}`, guest_name } }),
  }));
  await writeSpoolFiles(relay.dataFolder, events);
}

test('a manager is asked what becomes of events that are too old, and says it by mouse and by keyboard', async ({
  page,
  relay,
}) => {
  const locks = await relay.receiver();
  const id = await relay.endpoint('Door locks', locks, { events: ['guest.checkin'] });
  await relay.open(page, `/endpoints/${id}/edit`);
  await page.getByText('Certificate, pace and order').click();
  const field = page.getByLabel('Hold what is older than (hours)');
  await field.fill('0');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Empty, or a number from 0.1 to 8,760.')).toBeVisible();
  await field.fill('6');
  await keepPictures(page, 'held-field-light');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('what is older than 6 hours, until somebody says what becomes of it')).toBeVisible();

  await checkInsOf(relay, 7, 'Ana Reyes', 'Ben Cruz', 'Carla Diaz', 'Dan Evia');
  await relay.restart();
  await relay.open(page, '/');
  await expect(page.getByText('4 events are too old for Door locks and wait for your word').first()).toBeVisible();
  await expectAccessible(page);
  await keepPictures(page, 'held-today-light');
  await page.getByRole('link', { name: 'Send or skip' }).first().click();

  await expect(page.getByRole('heading', { name: 'Too old: 4 events wait for your word' })).toBeVisible();
  expect(locks.requests).toHaveLength(0);
  await expectAccessible(page);
  await expectNothingCutOff(page);
  await keepPictures(page, 'held-list-light');
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.screenshot({ path: 'test-results/pictures/held-list-1920.png' });
  await page.setViewportSize({ width: 1024, height: 700 });

  // One by one, by the keyboard.
  await page.getByRole('checkbox', { name: /Ana Reyes/ }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Send', exact: true }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('alertdialog', { name: 'Send 1 old event to Door locks?' });
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Send it' }).click();
  const [sent] = await locks.received(1);
  expect(sent?.text).toContain('Ana Reyes');
  expect(Number(sent?.headers['x-roostsync-late-seconds'])).toBeGreaterThanOrEqual(7 * 3600);
  await expect(page.getByRole('heading', { name: 'Too old: 3 events wait for your word' })).toBeVisible();

  const list = page.getByRole('list', { name: 'Events that are too old' });
  await list.getByRole('link', { name: /Ben Cruz/ }).click();
  await expect(page.getByText('It is older than Door locks wants: send it or skip it.')).toBeVisible();
  await expectAccessible(page);
  await keepPictures(page, 'held-delivery-light');
  await page.getByRole('button', { name: 'Skip', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Skip' }).click();
  await expect(page.getByText(/Skipped by .+, /)).toBeVisible();

  await relay.go(page, `/endpoints/${id}`);
  await page.getByRole('button', { name: 'Skip all…' }).click();
  await page.getByRole('button', { name: 'Skip 2' }).click();
  await expect(page.getByText('2 events for Door locks will not be sent.')).toBeVisible();
  await expect(page.getByText(/Too old/)).toHaveCount(0);
  expect(locks.requests).toHaveLength(1);
  await relay.go(page, '/');
  await expect(page.getByText(/too old/)).toHaveCount(0);
});
