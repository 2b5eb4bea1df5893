/** Measures inside the page: what a person would see is told by its frames, not by when a call was answered. */
import type { Page } from 'playwright';

export interface Frames {
  /** Between two frames, in milliseconds. */
  readonly longestMs: number;
  readonly over50: number;
  readonly frames: number;
}

export interface Probe {
  /** Milliseconds from a click until an element of this selector was painted. */
  clickToPaint(link: string, painted: string): Promise<number>;
  /** Scrolls the log from its top through so many rows, a third of a window's height in each frame. */
  scroll(rows: number): Promise<Frames & { readonly rows: number }>;
  framesDuring(act: () => Promise<unknown>): Promise<Frames>;
}

interface InPage {
  clickToPaint(link: string, painted: string): Promise<number>;
  scroll(rows: number): Promise<Frames & { rows: number }>;
  startFrames(): void;
  stopFrames(): Frames;
}

declare global {
  interface Window {
    probe?: InPage;
  }
}

export async function openProbe(page: Page): Promise<Probe> {
  await page.evaluate(install);
  return {
    clickToPaint: (link, painted) =>
      page.evaluate(([at, until]) => window.probe?.clickToPaint(at, until) ?? -1, [link, painted] as const),
    scroll: (rows) =>
      page.evaluate(
        async (count) => (await window.probe?.scroll(count)) ?? { longestMs: -1, over50: -1, frames: 0, rows: 0 },
        rows,
      ),
    async framesDuring(act) {
      await page.evaluate(() => window.probe?.startFrames());
      await act();
      return page.evaluate(() => window.probe?.stopFrames() ?? { longestMs: -1, over50: -1, frames: 0 });
    },
  };
}

/** Runs in the page, so it uses nothing from outside. */
function install(): void {
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const summed = (gaps: readonly number[]): Frames => ({
    longestMs: Math.max(0, ...gaps),
    over50: gaps.filter((gap) => gap > 50).length,
    frames: gaps.length,
  });
  let gaps: number[] = [];
  let watching = false;

  window.probe = {
    async clickToPaint(link, painted) {
      const element = document.querySelector<HTMLElement>(link);
      if (!element) throw new Error(`nothing is ${link}`);
      const began = performance.now();
      element.click();
      while (!document.querySelector(painted)) await nextFrame();
      // The frame after the one that has it begins when that one was painted.
      return (await nextFrame()) - began;
    },
    async scroll(rows) {
      document.querySelector('[role=grid]')?.parentElement?.scrollTo({ top: 0 });
      while (!document.querySelector('[role=row][aria-selected]')) await nextFrame();
      const scroller = document.querySelector('[role=grid]')?.parentElement;
      const row = document.querySelector<HTMLElement>('[role=row][aria-selected]');
      if (!scroller || !row) throw new Error('no log is shown');
      const rowHeight = row.offsetHeight;
      scroller.scrollTop = 0;
      await nextFrame();
      const target = rows * rowHeight;
      const step = scroller.clientHeight / 3;
      const taken: number[] = [];
      let last = await nextFrame();
      let stuck = 0;
      while (scroller.scrollTop < target && stuck < 300) {
        const before = scroller.scrollTop;
        scroller.scrollTop = before + step;
        stuck = scroller.scrollTop === before ? stuck + 1 : 0;
        const now = await nextFrame();
        taken.push(now - last);
        last = now;
      }
      return { ...summed(taken), rows: Math.round(scroller.scrollTop / rowHeight) };
    },
    startFrames() {
      gaps = [];
      watching = true;
      let last = performance.now();
      const watch = (now: number) => {
        gaps.push(now - last);
        last = now;
        // Ten minutes of frames are no heap that is the window's own.
        if (gaps.length > 1000) gaps = [Math.max(...gaps)];
        if (watching) requestAnimationFrame(watch);
      };
      requestAnimationFrame(watch);
    },
    stopFrames() {
      watching = false;
      return summed(gaps);
    },
  };
}
