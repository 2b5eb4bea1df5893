/** What is asked of every screen: no axe violation, nothing cut off, a picture that is kept. */
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** The sizes that pictures are taken at. */
export const sizes = [
  { width: 1280, height: 800 },
  { width: 1024, height: 700 },
] as const;

const pictures = join(import.meta.dirname, '../../../test-results/pictures');

/**
 * The window stands as it will stay: nothing loads, fonts are there, and two frames in a row neither move nor look
 * different, animations over. A state that fades in has no final contrast before that.
 */
export async function settle(page: Page): Promise<void> {
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  await page.evaluate(async () => {
    await document.fonts.ready;
    const frame = () => new Promise((shown) => requestAnimationFrame(shown));
    const looks = () =>
      `${document.body.innerHTML.length} ${document.documentElement.scrollWidth} ${document.getElementById('content')?.scrollHeight}`;
    for (let before = '', frames = 0; frames < 120; frames++) {
      const running = document
        .getAnimations()
        .filter(({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity);
      await Promise.all(running.map((animation) => animation.finished.catch(() => null)));
      await frame();
      await frame();
      const now = looks();
      if (running.length === 0 && now === before) return;
      before = now;
    }
  });
}

/** axe finds nothing against WCAG 2.2 AA and its own best practices. */
export async function expectAccessible(page: Page): Promise<void> {
  await settle(page);
  // What React Aria has just said to a screen reader stays there for some seconds, and names what may be gone.
  const { violations } = await new AxeBuilder({ page }).exclude('[data-live-announcer]').analyze();
  expect(
    violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(' | ')}`,
    ),
  ).toEqual([]);
}

/** The page is not wider than the window, and no button or link has words that it cuts off. */
export async function expectNothingCutOff(page: Page): Promise<void> {
  const cut = await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > window.innerWidth ? ['the page is wider than the window'] : [];
    const main = document.getElementById('content');
    if (main && main.scrollWidth > main.clientWidth) wide.push('the content is wider than its place');
    const words = [...document.querySelectorAll('button, a, h1, h2, [role=tab]')]
      .filter(
        (element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflow !== 'visible',
      )
      .map((element) => `cut off: ${element.textContent}`);
    return [...wide, ...words];
  });
  expect(cut).toEqual([]);
}

/** Keeps a picture of the window in every size: `test-results/pictures/NAME-1280.png`. */
export async function keepPictures(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const size of sizes) {
    await page.setViewportSize(size);
    await settle(page);
    await expectNothingCutOff(page);
    await page.screenshot({ path: join(pictures, `${name}-${size.width}.png`) });
  }
  if (before) await page.setViewportSize(before);
}
