/** The screen as a person sees and uses it: the tray's colour, clicks, and the window manager. */
import { spawnSync } from 'node:child_process';

const out = (command: string, ...args: string[]): string =>
  spawnSync(command, args, { encoding: 'utf8' }).stdout?.trim() ?? '';

/** The middle of the last icon of the tray, which stands in the lower right corner; in pixels. */
function trayIcon(): { x: number; y: number } | null {
  const [width = Number.NaN, height = Number.NaN] = out('xdotool', 'getdisplaygeometry').split(' ').map(Number);
  return Number.isFinite(width) && Number.isFinite(height) ? { x: width - 13, y: height - 14 } : null;
}

export type TrayColour = 'green' | 'red' | 'blue' | 'amber' | 'grey' | 'none';

/** Of the icon's tile, read from the screen just left of its bird: what a person sees at a glance. */
export function trayColour(): TrayColour {
  const icon = trayIcon();
  if (icon === null) return 'none';
  const [red, green, blue] = pixelAt(icon.x - 9, icon.y - 4);
  const strongest = Math.max(red, green, blue);
  if (strongest - Math.min(red, green, blue) < 16) return strongest > 200 ? 'none' : 'grey';
  if (strongest === red) return green > red * 0.45 ? 'amber' : 'red';
  return strongest === green ? 'green' : 'blue';
}

/** Opens the tray's menu; once more where a tooltip or a change of the menu took the click away. */
export async function openTrayMenu(): Promise<void> {
  const icon = trayIcon();
  if (icon === null) return;
  for (let attempt = 0; attempt < 6; attempt += 1) {
    out('xdotool', 'mousemove', '400', '400', 'mousemove', String(icon.x), String(icon.y), 'click', '3');
    await new Promise((resolve) => setTimeout(resolve, 700));
    // Right above the tray the open menu is plain white; the window and an empty screen are not.
    if (pixelAt(icon.x - 47, icon.y - 20).every((part) => part === 255)) return;
    pressKeys('Escape');
  }
  throw new Error('the tray menu did not open');
}

/** Red, green and blue, from 0 to 255; all -1 where the screen cannot be read. */
function pixelAt(x: number, y: number): [number, number, number] {
  const text = out('import', '-window', 'root', '-crop', `1x1+${x}+${y}`, '-depth', '8', 'txt:-');
  const colour = /srgba?\((\d+),(\d+),(\d+)/.exec(text);
  if (colour) return [Number(colour[1]), Number(colour[2]), Number(colour[3])];
  // Without any hue it is told as one number, or by name.
  const named = /\b(white|black)\b/.exec(text)?.[1];
  const grey = named ? (named === 'white' ? 255 : 0) : Number(/gray\((\d+)/.exec(text)?.[1] ?? -1);
  return [grey, grey, grey];
}

/** Clicks an entry of the open menu, counted from the last one, which stands right above the tray. */
export function pickFromTrayMenu({ fromBottom }: { readonly fromBottom: number }): void {
  for (let step = 0; step < fromBottom; step += 1) pressKeys('Up');
  pressKeys('Return');
  out('xdotool', 'mousemove', '400', '400');
}

/** Closes the menu and moves the pointer away, since the icon's tooltip would cover it. */
export function leaveTray(): void {
  pressKeys('Escape');
  out('xdotool', 'mousemove', '400', '400');
}

const pressKeys = (...keys: string[]): void => void out('xdotool', 'key', '--clearmodifiers', ...keys);

/** Closes the window that is used, as its close button does. */
export const closeActiveWindow = (): void => pressKeys('alt+F4');

export const hasScreenTools = (): boolean => spawnSync('xdotool', ['version']).status === 0;

/** How many windows with this name a person sees. */
export const visibleWindows = (name: string): number =>
  out('xdotool', 'search', '--onlyvisible', '--name', name).split('\n').filter(Boolean).length;

/**
 * Answers the system's file dialog with the keyboard, as a person does.
 * @param kind `folder`: one in which a folder is chosen, and no file
 * @param title of the dialog's window
 * @param path typed and confirmed; null: cancelled
 */
export async function answerFileDialog(
  kind: 'save' | 'open' | 'folder',
  title: string,
  path: string | null,
): Promise<void> {
  const isThere = () => visibleWindows(title) > 0;
  await until(isThere, `no dialog “${title}” came`);
  // It takes keys only a moment after it is drawn.
  await new Promise((resolve) => setTimeout(resolve, 800));
  if (path !== null) {
    // It opens with what was used last, among which no folder can be chosen; at home one can.
    if (kind === 'folder') pressKeys('alt+Home');
    // The name that a saving dialog suggests is replaced; an opening one first shows where a path can be typed.
    pressKeys(kind === 'save' ? 'ctrl+a' : 'ctrl+l');
    out('xdotool', 'type', '--delay', '15', path);
    await new Promise((resolve) => setTimeout(resolve, 400));
    pressKeys('Return');
  } else pressKeys('Escape');
  await until(() => !isThere(), `the dialog “${title}” did not close`);
}

async function until(holds: () => boolean, otherwise: string): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(otherwise);
}
