/** The PIN and the screen's lock. */
import type { Mutant } from '../mutant.ts';

const lock = 'electron/engine/lock/lock.ts';
const lockTest = 'tests/integration/lock.test.ts';

export const ofTheLock: readonly Mutant[] = [
  {
    name: 'lock-nothing-asked',
    guard: 'what asks for the PIN is refused until it was entered',
    file: lock,
    find: 'if (asksForPin(name, input, known) && !isProven(actor)) {',
    replace: 'if (asksForPin(name, input, known) && false) {',
    tests: [lockTest, 'deliveries.resendAll asks for it in the window and in a browser'],
  },
  {
    name: 'lock-proven-elsewhere',
    guard: 'a PIN that was entered counts for that window alone',
    file: lock,
    find: "({ surface, session = '' }: Actor): string",
    replace: "({ surface }: Actor, session = ''): string",
    tests: [lockTest, 'in that window alone'],
  },
  {
    name: 'lock-tries-in-a-row',
    guard: 'tries that come at once are counted one by one',
    file: lock,
    find: 'const done = turn.then(act);',
    replace: 'const done = act();',
    tests: [lockTest, 'after five wrong ones it is closed'],
  },
  {
    name: 'lock-ticket-for-all',
    guard: 'a ticket is for the file that it was given for',
    file: 'electron/bridge/bridge.ts',
    find: 'downloads.redeem(request.query.ticket, ticketFor(request))',
    replace: "downloads.redeem(request.query.ticket, '') || true",
    tests: ['tests/integration/download-pin.test.ts', 'and a ticket fetches nothing but what it was given for'],
  },
  {
    name: 'lock-told-all',
    guard: 'a locked window is told nothing',
    file: lock,
    find: 'if (isLocked(actor) && !openCalls.has(name))',
    replace: 'if (!isLocked(actor) && !openCalls.has(name) && false)',
    tests: [lockTest, 'is then told how things are and nothing else'],
  },
];
