/**
 * Draws the app's icons: `npm run icons` writes build/icons/ anew from the shapes below, rendered by Chromium.
 * The results are committed; nobody needs a browser to build the app.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright';
import { icoFile } from './ico.ts';

const folder = fileURLToPath(new URL('../../build/icons', import.meta.url));

/** The bird of lucide (ISC licence), drawn on a 24 × 24 field. */
const bird = (ink: string, strokeWidth: number) => `
  <g fill="none" stroke="${ink}" stroke-width="${strokeWidth}" stroke-linecap="round" stroke-linejoin="round">
    <path d="M16 7h.01"/><path d="M3.4 18H12a8 8 0 0 0 8-8V7a4 4 0 0 0-7.28-2.3L2 20"/><path d="m20 7 2 .5-2 .5"/>
    <path d="M10 18v3"/><path d="M14 17.75V21"/><path d="M7 18a6 6 0 0 0 3.84-10.61"/>
  </g>`;

/** A state is told by its shape as well as by its colour. */
const marks: Record<string, (ink: string) => string> = {
  fine: () => '',
  attention: (ink) => `<path d="M0-3v3.4" stroke="${ink}"/><path d="M0 3.1v.01" stroke="${ink}"/>`,
  failing: (ink) => `<path d="m-2.4-2.4 4.8 4.8m0-4.8-4.8 4.8" stroke="${ink}"/>`,
  offline: (ink) => `<path d="M-3 3 3-3" stroke="${ink}"/>`,
  paused: (ink) => `<path d="M-1.7-2.4v4.8M1.7-2.4v4.8" stroke="${ink}"/>`,
};

/** Tile, bird and mark of each state, on light and on dark panels: the tones of the look. */
const colours: Record<string, Record<string, string>> = {
  light: { fine: '#14513f', attention: '#8a5a00', failing: '#b3261e', offline: '#31587a', paused: '#5d625e' },
  dark: { fine: '#7cc7a8', attention: '#f0c067', failing: '#ff9d92', offline: '#9cc6ec', paused: '#b1b6b2' },
};

const svg = (content: string) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${content}</svg>`;

const badge = (state: string, ground: string, ink: string) =>
  state === 'fine'
    ? ''
    : `<g transform="translate(17.4 17.4)" stroke-width="2" stroke-linecap="round"><circle r="6.4" fill="${ground}"/>${marks[state]?.(ink) ?? ''}</g>`;

function trayTile(state: string, theme: 'light' | 'dark'): string {
  const tile = colours[theme]?.[state] ?? '';
  const [ink, ground] = theme === 'light' ? ['#ffffff', '#ffffff'] : ['#10201a', '#10201a'];
  return svg(
    `<rect width="24" height="24" rx="5.5" fill="${tile}"/>
     <g transform="translate(12 12) scale(.74) translate(-12 -12)">${bird(ink, 2.5)}</g>${badge(state, ground, tile)}`,
  );
}

/** Black and transparent only: macOS colours it. The mark stands in a hole cut out of the bird. */
function template(state: string): string {
  const cut = state === 'fine' ? '' : '<circle cx="18" cy="18" r="7.4" fill="black"/>';
  const hole = marks[state]?.('black') ?? '';
  const mark =
    state === 'fine'
      ? ''
      : `<mask id="m"><rect width="24" height="24" fill="white"/><g transform="translate(18 18)" stroke-width="2" stroke-linecap="round">${hole}</g></mask>
         <circle cx="18" cy="18" r="6" fill="black" mask="url(#m)"/>`;
  return svg(
    `<mask id="c"><rect width="24" height="24" fill="white"/>${cut}</mask><g mask="url(#c)">${bird('black', 2)}</g>${mark}`,
  );
}

const appTile = svg(
  `<rect x="1" y="1" width="22" height="22" rx="5.2" fill="#14513f"/>
   <g transform="translate(12 12) scale(.66) translate(-12 -12)">${bird('#f7f5f0', 1.9)}</g>`,
);

interface Picture {
  readonly file: string;
  readonly drawing: string;
  readonly sizePx: number;
}

function pictures(): Picture[] {
  const scaled = (name: string, drawing: string, basePx: number, scales: readonly number[]): Picture[] =>
    scales.map((scale) => ({
      file: `tray/${name}${scale === 1 ? '' : `@${scale}x`}.png`,
      drawing,
      sizePx: Math.round(basePx * scale),
    }));
  const tray = Object.keys(marks).flatMap((state) => [
    ...scaled(`${state}Template`, template(state), 18, [1, 2]),
    ...(['light', 'dark'] as const).flatMap((theme) => [
      ...scaled(`${state}-${theme}-22`, trayTile(state, theme), 22, [1, 2]),
    ]),
  ]);
  const app = [16, 32, 48, 64, 128, 256, 512, 1024].map((sizePx) => ({
    file: `app-${sizePx}.png`,
    drawing: appTile,
    sizePx,
  }));
  return [...tray, ...app];
}

/** What Windows' notification area shows at 100, 125, 150 and 200 %. */
const icoSizesPx = [16, 20, 24, 32] as const;

async function drawAt(page: Page, drawing: string, sizePx: number): Promise<Buffer> {
  await page.setViewportSize({ width: sizePx, height: sizePx });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${sizePx}px;height:${sizePx}px}</style>${drawing}`);
  return page.screenshot({ omitBackground: true });
}

/** The pixels of a picture, as the browser decodes them. */
async function rgbaOf(page: Page, png: Buffer): Promise<Uint8Array> {
  const pixels = await page.evaluate(
    async (address) => {
      const bitmap = await createImageBitmap(await (await fetch(address)).blob());
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      if (context === null) throw new Error('there is no canvas');
      context.drawImage(bitmap, 0, 0);
      return [...context.getImageData(0, 0, bitmap.width, bitmap.height).data];
    },
    `data:image/png;base64,${png.toString('base64')}`,
  );
  return Uint8Array.from(pixels);
}

async function drawIcons(): Promise<void> {
  mkdirSync(`${folder}/tray`, { recursive: true });
  writeFileSync(`${folder}/app.svg`, appTile);
  const executablePath = process.env.CHROMIUM;
  const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath });
  const page = await browser.newPage();
  for (const { file, drawing, sizePx } of pictures()) {
    writeFileSync(`${folder}/${file}`, await drawAt(page, drawing, sizePx));
  }
  for (const state of Object.keys(marks)) {
    for (const theme of ['light', 'dark'] as const) {
      const images = [];
      for (const sizePx of icoSizesPx) {
        images.push({ sizePx, rgba: await rgbaOf(page, await drawAt(page, trayTile(state, theme), sizePx)) });
      }
      writeFileSync(`${folder}/tray/${state}-${theme}.ico`, icoFile(images));
    }
  }
  await browser.close();
}

await drawIcons();
