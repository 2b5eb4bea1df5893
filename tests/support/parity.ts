/**
 * What the window can, the command line can: for each call of shared/api.ts the command that makes it, or the reason
 * why there is none. A call that is in neither does not compile, and a command that is named here has to exist.
 */
import type { CallName } from '../../shared/api.ts';

/** A command without its program, such as `endpoint add`; or why there is none. */
export type Way = string | { readonly none: string };

const live: Way = { none: 'for a list that is looked at while it grows; the command shows the newest when it is run' };
const ofDesktop: Way = {
  none: 'of the window around the engine: a terminal has files, a clipboard and links of its own',
};

export const ways: Readonly<Record<CallName, Way>> = {
  'situation.get': 'status',

  'endpoints.list': 'endpoint list',
  'endpoints.get': 'endpoint show',
  'endpoints.statistics': 'endpoint statistics',
  'endpoints.add': 'endpoint add',
  'endpoints.change': 'endpoint change',
  'endpoints.test': 'endpoint test',
  'endpoints.preview': 'endpoint preview',
  'endpoints.enable': 'endpoint enable',
  'endpoints.pause': 'endpoint pause',
  'endpoints.resume': 'endpoint resume',
  'endpoints.remove': 'endpoint remove',
  'endpoints.restore': 'endpoint restore',
  'endpoints.tryNow': 'endpoint try-now',
  'endpoints.sendWaiting': 'endpoint send-waiting',
  'endpoints.countPast': 'endpoint send-past',
  'endpoints.sendPast': 'endpoint send-past',
  'endpoints.revealAddress': 'endpoint show',
  'endpoints.revealSecret': 'endpoint show',
  'endpoints.revealHeader': 'endpoint show',
  'endpoints.enterAgain': 'endpoint enter-again',
  'endpoints.rotate': 'endpoint rotate',
  'endpoints.finishRotation': 'endpoint rotate',
  'endpoints.cancelRotation': 'endpoint rotate',

  'deliveries.list': 'deliveries',
  'deliveries.newer': live,
  'deliveries.get': 'delivery',
  'deliveries.count': 'resend',
  'deliveries.resend': 'resend',
  'deliveries.resendAll': 'resend',
  'deliveries.cancel': 'cancel',
  'deliveries.restore': 'uncancel',
  'held.list': 'held list',
  'held.send': 'held send',
  'held.skip': 'held skip',
  'relay.pause': 'pause',
  'relay.resume': 'resume',
  'relay.tryNow': 'try-now',

  'events.list': 'events',
  'events.newer': live,
  'events.get': 'event show',
  'events.story': 'story',
  'events.send': 'event send',
  'events.emit': { none: '`emit` has a way of its own to the engine, for many events at once' },

  'sources.list': 'source list',
  'sources.add': 'source add',
  'sources.change': 'source change',
  'sources.replaceToken': 'source replace-token',
  'sources.revoke': 'source revoke',
  'sources.refusals': 'source refusals',
  'refusals.get': 'refusal show',
  'refusals.retry': 'refusal retry',

  'bench.get': 'bench show',
  'bench.start': 'bench start',
  'bench.stop': 'bench stop',
  'bench.behave': 'bench behave',
  'bench.clear': 'bench clear',
  'bench.point': 'bench point',
  'bench.release': 'bench release',
  'bench.leave': 'bench leave',

  'export.start': { none: '`export` has a way of its own to the engine: rows go straight to where it writes' },
  'jobs.list': 'job list',
  'jobs.get': 'job show',
  'jobs.pause': 'job pause',
  'jobs.resume': 'job resume',
  'jobs.cancel': 'job cancel',

  'settings.get': 'settings show',
  'settings.change': 'settings set',
  'settings.certificates': 'settings show',
  'settings.addresses': 'settings addresses',
  'sessions.list': 'session list',
  'sessions.end': 'session end',
  'outages.list': 'outages',
  'audit.list': 'activity',
  'doctor.run': 'doctor',
  'backup.start': 'backup',
  'backup.list': 'backups',
  'backup.restore': 'restore',
  'backup.keepPresent': 'restore',

  'surface.info': ofDesktop,
  'preferences.get': { none: "of the window: its language, theme and toasts; a terminal has the person's own" },
  'preferences.change': { none: "of the window: its language, theme and toasts; a terminal has the person's own" },
  'surface.chooseFile': ofDesktop,
  'surface.restartEngine': {
    none: 'of the desktop app, which holds the engine; headless is ended and started as a service',
  },
  'surface.installUpdate': ofDesktop,
  'surface.showFile': ofDesktop,
  'surface.openExternal': ofDesktop,
  'surface.copy': ofDesktop,
  'surface.showing': ofDesktop,
};
