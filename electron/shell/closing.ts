/** What closing the window does: the app stays in the tray, which is told once; where there is none, it minimises. */
import type { Notice } from '../../shared/schemas.ts';
import { sentence } from '../../shared/sentences/sentence.ts';

export interface ClosingParts {
  readonly isQuitting: () => boolean;
  readonly hasTray: () => boolean;
  /** Whether the person was told once that the app goes on in the tray. */
  readonly wasTold: () => boolean;
  readonly rememberTold: () => void;
  readonly toast: (toast: Notice) => void;
}

/** @returns to be asked each time that the window is about to close */
export function decideClosing(parts: ClosingParts): () => 'hide' | 'minimise' | 'close' {
  return () => {
    if (parts.isQuitting()) return 'close';
    if (!parts.hasTray()) return 'minimise';
    if (!parts.wasTold()) {
      parts.rememberTold();
      parts.toast(closedToTray);
    }
    return 'hide';
  };
}

const closedToTray: Notice = {
  id: 'closed_to_tray',
  title: sentence('desktop.closed_to_tray.title'),
  body: [sentence('desktop.closed_to_tray.body')],
  path: '/',
  urgent: false,
};
