export const en = {
  pin: 'PIN',
  'ask.title': 'Enter the PIN',
  'ask.why':
    'This shows or changes something that not everybody at this PC should. For two minutes it is not asked again.',
  'ask.verb': 'Go on',
  'screen.title': 'Locked',
  'screen.goesOn': 'Deliveries go on meanwhile.',
  'screen.unlock': 'Unlock',
  'forgotten.title': 'PIN forgotten?',
  'forgotten.text':
    'Whoever looks after this PC can remove it, as the user that Roost Relay runs as. Activity says that it was removed.',
  'forgotten.command': 'Command that removes the PIN',

  'card.title': 'PIN and lock',
  'card.what':
    'Asked for before a secret is shown or changed, before a full export, a backup, many resends at once, other privacy rules, and before a guest is forgotten.',
  'card.limits':
    'It guards this window and the one in a browser. The command line does not ask: whoever can run it on this PC can read the data folder. All of it is in Activity.',
  'card.set': 'Set a PIN…',
  'card.change': 'Change the PIN…',
  'card.remove': 'Remove the PIN…',
  'card.lockNow': 'Lock now',
  'card.lockAfter': 'Lock this window when nobody has used it',
  'card.lockAfterHint': 'Also after sleep. The tray and the notices go on.',
  'card.never': 'Never',
  'card.minutes_one': 'After {{count}} minute',
  'card.minutes_other': 'After {{count}} minutes',
  'card.backup': 'The PIN stays on this PC: no backup carries it, and a restore leaves it as it is.',
  'set.present': 'Present PIN',
  'set.new': 'New PIN',
  'set.newHint': '4 to 12 digits',
  'set.again': 'The same again',
  'set.differs': 'The two are not the same.',
  'set.done': 'The PIN is set.',
  'remove.text': 'Nothing asks for it any more, and windows no longer lock.',
  'remove.verb': 'Remove',
  'remove.done': 'The PIN is removed.',
} as const;
