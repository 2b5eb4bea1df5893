/** The window's own short notices: something was done, and can be undone for a while. */
import { UNSTABLE_ToastQueue as ToastQueue } from 'react-aria-components';
import type { Tone } from '../../shared/domain.ts';

export interface Notice {
  readonly text: string;
  readonly tone?: Tone;
  /** Offers to take back what was done. */
  readonly undo?: () => void;
}

/** How long a notice stays, in milliseconds: longer where it can be undone. */
const staysMs = 6000;
const staysWithUndoMs = 12_000;

export const notices = new ToastQueue<Notice>({ maxVisibleToasts: 3 });

/** Shows a notice at the window's foot; read out by screen readers. */
export function notify(notice: Notice): void {
  notices.add(notice, { timeout: notice.undo ? staysWithUndoMs : staysMs });
}
