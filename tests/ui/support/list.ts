/** The long lists of the window, as a keyboard and a pair of eyes meet them. */
import { expect, type Locator, type Page } from '@playwright/test';

/** Rows that exist: those in sight, and some above and below. */
export const rows = (page: Page): Locator => page.locator('[role=row][aria-selected]');

/** Goes to the end of a list that is longer than a page of it, until its last row is there. */
export async function scrollToTheEnd(page: Page, grid: Locator, lastRow: string): Promise<void> {
  await grid.focus();
  await expect(async () => {
    await page.keyboard.press('End');
    await expect(rows(page).last()).toContainText(lastRow, { timeout: 500 });
  }).toPass({ timeout: 15_000 });
  await expect(page.getByText('That is everything.')).toBeVisible();
  expect(await rows(page).count()).toBeLessThan(60);
}
