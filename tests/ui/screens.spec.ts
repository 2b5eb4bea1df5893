/** Every screen of these areas in both themes and languages: no axe violation, nothing cut off, a picture kept. */
import type { Page } from '@playwright/test';
import { expectAccessible, keepPictures } from './support/proof.ts';
import { looks, type Relay, test, wear } from './support/relay.ts';

/** A morning with something of everything: delivered, waiting, refused, paused, a draft. */
async function aMorning(relay: Relay): Promise<void> {
  const [good, bad, picky] = [await relay.receiver(), await relay.receiver(), await relay.receiver()];
  await relay.endpoint('Door locks', good);
  await relay.endpoint('Bookkeeping', bad);
  await relay.endpoint('Guest messages', picky);
  const dashboard = await relay.endpoint('Dashboard', good);
  await relay.endpoint('New website', good, { enable: false });
  await relay.call('endpoints.pause', { id: dashboard });
  bad.answerWith({ status: 404 });
  picky.answerWith((request) => ({ status: request.text.includes('Kenji') ? 422 : 200 }));
  for (const guest of ['Juan dela Cruz', 'Maria Santos', 'Kenji Ito', 'Ana Reyes']) {
    await relay.post('booking.created', { booking_id: `bk_${guest.length}`, guest_name: guest });
  }
  await relay.call('sources.add', { name: 'Restaurant POS' });
  await good.received(4);
}

const screens: readonly {
  readonly name: string;
  readonly path: string;
  readonly before?: (page: Page) => Promise<void>;
}[] = [
  { name: 'today', path: '/' },
  { name: 'sources', path: '/sources' },
  { name: 'source-new', path: '/sources/new' },
  { name: 'export', path: '/export?state=waiting' },
  { name: 'settings-general', path: '/settings/general' },
  { name: 'settings-notifications', path: '/settings/notifications' },
  { name: 'settings-network', path: '/settings/network' },
  { name: 'settings-storage', path: '/settings/storage' },
  { name: 'settings-activity', path: '/settings/activity' },
  { name: 'settings-about', path: '/settings/about' },
  { name: 'palette', path: '/', before: (page) => page.keyboard.press('Control+k') },
  { name: 'keys', path: '/', before: (page) => page.keyboard.press('?') },
];

for (const look of looks) {
  test(`screens in ${look.theme} and ${look.language}`, async ({ page, relay }) => {
    test.setTimeout(240_000);
    await aMorning(relay);
    await wear(relay, look);
    for (const { name, path, before } of screens) {
      await relay.open(page, path);
      await before?.(page);
      await expectAccessible(page);
      await keepPictures(page, `${name}-${look.theme}-${look.language}`);
    }
  });
}

test('a source’s page in both themes', async ({ page, relay }) => {
  test.setTimeout(240_000);
  const { id } = await relay.call('sources.add', { name: 'Restaurant POS' });
  for (const look of looks) {
    await wear(relay, look);
    await relay.open(page, `/sources/${id}`);
    for (const tab of ['curl', 'PowerShell', 'ERPNext', 'Odoo']) {
      await page.getByRole('tab', { name: tab }).click();
      await expectAccessible(page);
    }
    await keepPictures(page, `source-${look.theme}-${look.language}`);
  }
});

test('forced colours leave every state readable', async ({ page, relay }) => {
  await aMorning(relay);
  await page.emulateMedia({ forcedColors: 'active' });
  await relay.open(page, '/');
  await keepPictures(page, 'today-forced-colours');
});
