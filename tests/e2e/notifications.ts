/** What the desktop's notification daemon was really given, read from it over D-Bus (dunst). */
import { spawnSync } from 'node:child_process';

export interface ShownToast {
  readonly title: string;
  readonly body: string;
}

/** Whether this desktop's daemon can be asked; elsewhere the tests of toasts skip aloud. */
export const canReadToasts = (): boolean => spawnSync('dunstctl', ['count']).status === 0;

/** The daemon's own numbers of toasts that a test has put behind it; its history cannot be cleared. */
const forgotten = new Set<number>();

function history(): { readonly id: number; readonly toast: ShownToast }[] {
  const { stdout } = spawnSync('dunstctl', ['history'], { encoding: 'utf8' });
  const [entries = []] = (JSON.parse(stdout) as { data: Record<string, { data: string | number }>[][] }).data;
  return entries.map((entry) => ({
    id: Number(entry.id?.data),
    toast: { title: String(entry.summary?.data ?? ''), body: String(entry.body?.data ?? '') },
  }));
}

/** Toasts on the screen and those that were closed since the last `forgetToasts`, newest first. */
export function shownToasts(): ShownToast[] {
  // History holds only closed ones, so all are closed first.
  spawnSync('dunstctl', ['close-all']);
  return history()
    .filter(({ id }) => !forgotten.has(id))
    .map(({ toast }) => toast);
}

export async function forgetToasts(): Promise<void> {
  spawnSync('dunstctl', ['close-all']);
  // What is closed goes into the history only a moment later.
  await new Promise((resolve) => setTimeout(resolve, 500));
  for (const { id } of history()) forgotten.add(id);
}

/** How many toasts stand on the screen now. */
export const toastsOnScreen = (): number =>
  Number(spawnSync('dunstctl', ['count', 'displayed'], { encoding: 'utf8' }).stdout.trim() || 0);

/** As a person clicks the newest toast: dunst carries out its default action. */
export const clickToast = (): void => {
  spawnSync('dunstctl', ['action']);
};
