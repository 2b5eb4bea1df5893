/** The words of the tray, its menu and the desktop's own dialogs in English. */
export const desktopEn = {
  'tray.more': 'and {count} more',
  'tray.last_event': 'Last event: {lastAt}',
  'tray.no_event_yet': 'No event yet',
  'tray.open': 'Open Roost Relay',
  'tray.pause': 'Pause deliveries for an hour',
  'tray.resume': 'Resume deliveries',
  'tray.quit': 'Quit…',

  'desktop.quit.title': 'Quit Roost Relay?',
  'desktop.quit.detail':
    'Until it is started again, no events are taken from the PMS and nothing is sent. What was taken is safe on this PC and goes out after the next start.',
  'desktop.quit.confirm': 'Quit',
  'desktop.quit.cancel': 'Keep it working',
  'desktop.new_key.title': 'Give up the secrets that cannot be read?',
  'desktop.new_key.detail':
    'The key that protects them is missing, damaged, or cannot be opened on this PC by this user. If you go on, a new key is made, and the secret of every endpoint has to be entered again. The old key is kept aside; events are not affected.',
  'desktop.new_key.confirm': 'Make a new key',
  'desktop.new_key.cancel': 'Keep waiting',
  'desktop.restore_last.title': 'Restore the last backup?',
  'desktop.restore_last.detail':
    'The database on this PC is damaged or missing, so Roost Relay cannot start. If you go on, the newest whole backup takes its place. What can still be read of what came after it is carried over, and what cannot is told on Today. What is there now is kept aside.',
  'desktop.restore_last.confirm': 'Restore the last backup',
  'desktop.restore_last.cancel': 'Not now',
  'desktop.closed_to_tray.title': 'Roost Relay goes on working',
  'desktop.closed_to_tray.body': 'You find it in the tray. To stop it, choose Quit there.',
  'desktop.start_failed.title': 'Roost Relay cannot start',
  'desktop.choose.page': 'Save as PDF',
  'desktop.choose.export': 'Export deliveries',
  'desktop.choose.backup': 'Save a backup',
  'desktop.choose.restore': 'Choose a backup',
  'desktop.choose.folder': 'Choose the folder that files are left in',
} as const;
