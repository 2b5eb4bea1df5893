/** The toast, an outlet of notices. One that cannot be shown is logged; the tray mark stays. */
import { Notification } from 'electron';
import type { Sentence } from '../../shared/domain.ts';
import type { Notice } from '../../shared/schemas.ts';

export interface ToastParts {
  readonly icon: string;
  readonly platform: NodeJS.Platform;
  readonly render: (sentence: Sentence) => string;
  /** @param path of the window; null: a toast of an earlier run was clicked, of which nothing more is known */
  readonly onClick: (path: string | null) => void;
  readonly log: (message: string, detail: string) => void;
}

/** Longest text that every system shows whole in its list of notifications. */
const bodyLimit = 250;

export function createToasts({ icon, platform, render, onClick, log }: ToastParts) {
  /**
   * Kept so that a click still finds its toast: Electron forgets one that nobody refers to. One of each incident that
   * is going on, since a newer one takes the older one's place and an incident that is over withdraws its own.
   */
  const shown = new Map<string, Notification>();
  const withdraw = (id: string): void => {
    shown.get(id)?.close();
    shown.delete(id);
  };
  // Windows keeps toasts over a restart of the app: a click on one of those comes this way alone.
  if (platform === 'win32') Notification.handleActivation(() => onClick(null));
  const show = (toast: Notice): void => {
    try {
      if (!Notification.isSupported()) throw new Error('this system shows none');
      withdraw(toast.id);
      const body = toast.body.map(render).join('\n');
      const notification = new Notification({
        // On Windows and macOS the system's own list then has one entry for an incident, too.
        id: toast.id,
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
        // On Windows also when it leaves the screen for the Action Center, where it can still be clicked and withdrawn.
        if (platform !== 'win32' && shown.get(toast.id) === notification) shown.delete(toast.id);
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
