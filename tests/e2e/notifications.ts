/** What the desktop's notification daemon was really given, read from it over D-Bus (dunst). */
import { spawnSync } from 'node:child_process';

export interface ShownToast {
  readonly title: string;
  readonly body: string;
}

/** Whether this desktop's daemon can be asked; elsewhere the tests of toasts skip aloud. */
export const canReadToasts = (): boolean => spawnSync('dunstctl', ['count']).status === 0;

/** Toasts on the screen and those that were closed, newest first. */
export function shownToasts(): ShownToast[] {
  // History holds only closed ones, so all are closed first.
  spawnSync('dunstctl', ['close-all']);
  const { stdout } = spawnSync('dunstctl', ['history'], { encoding: 'utf8' });
  const [entries = []] = (JSON.parse(stdout) as { data: Record<string, { data: string }>[][] }).data;
  return entries.map((entry) => ({ title: entry.summary?.data ?? '', body: entry.body?.data ?? '' }));
}

export const forgetToasts = (): void => {
  spawnSync('dunstctl', ['close-all']);
  spawnSync('dunstctl', ['history-clear']);
};

/** How many toasts stand on the screen now. */
export const toastsOnScreen = (): number =>
  Number(spawnSync('dunstctl', ['count', 'displayed'], { encoding: 'utf8' }).stdout.trim() || 0);

/** As a person clicks the newest toast: dunst carries out its default action. */
export const clickToast = (): void => {
  spawnSync('dunstctl', ['action']);
};
