/** Shows the toasts that toast-decisions.ts decided. A toast that cannot be shown is logged; the tray mark stays. */
import { Notification } from 'electron';
import type { Sentence } from '../../shared/domain.ts';
import type { Toast } from './toast-decisions.ts';

export interface ToastParts {
  readonly icon: string;
  readonly render: (sentence: Sentence) => string;
  readonly onClick: (path: string) => void;
  readonly log: (message: string, detail: string) => void;
}

/** Longest text that every system shows whole in its list of notifications. */
const bodyLimit = 250;

export function createToasts({ icon, render, onClick, log }: ToastParts) {
  /** Kept so that a click still finds its toast: Electron forgets one that nobody refers to. */
  const shown = new Map<string, Notification>();
  const withdraw = (id: string): void => shown.get(id)?.close();
  const show = (toast: Toast): void => {
    try {
      if (!Notification.isSupported()) throw new Error('this system shows none');
      withdraw(toast.id);
      const body = toast.body.map(render).join('\n');
      const notification = new Notification({
        title: render(toast.title),
        body: body.length > bodyLimit ? `${body.slice(0, bodyLimit - 1)}…` : body,
        icon,
        urgency: toast.urgent ? 'critical' : 'normal',
      });
      notification.on('click', () => {
        onClick(toast.path);
        // Some notification daemons leave a clicked toast standing.
        notification.close();
      });
      notification.on('close', () => {
        if (shown.get(toast.id) === notification) shown.delete(toast.id);
      });
      notification.on('failed', (_event, problem) => log('a toast failed', problem));
      shown.set(toast.id, notification);
      notification.show();
    } catch (problem) {
      log('a toast failed', String(problem));
    }
  };
  return { show, withdraw };
}
