/** Exports by the clock: what lies in somebody's folder, and who may name one. */
import type { Mutant } from '../mutant.ts';

const schedules = 'electron/engine/export/schedules.ts';
const folder = 'electron/engine/export/schedule-folder.ts';
const scheduleTest = 'tests/integration/export-schedules.test.ts';

export const ofSchedules: readonly Mutant[] = [
  {
    name: 'schedule-over-theirs',
    guard: 'a scheduled export replaces no file but its own',
    file: folder,
    find: "alike.some((one) => one.hash !== null && hash.equals(one.hash)) ? 'own' : 'foreign'",
    replace: "hash.length > 0 ? 'own' : 'foreign'",
    tests: [scheduleTest, 'go, those alone that the schedule wrote'],
  },
  {
    name: 'schedule-makes-folder',
    guard: 'a folder that is away is not made anew',
    file: schedules,
    find: 'if (schedule.draft.folder === null) await mkdir(folder',
    replace: 'if (folder !== null) await mkdir(folder',
    tests: [scheduleTest, 'is never made anew'],
  },
  {
    name: 'schedule-full-unasked',
    guard: 'a schedule with guests’ data asks for the PIN',
    file: 'electron/engine/lock/guarded.ts',
    find: "'schedules.add': ({ schedule }) => schedule.full !== undefined",
    replace: "'schedules.add': () => false",
    tests: ['tests/integration/lock.test.ts', 'a full export does, a redacted one does not'],
  },
  {
    name: 'schedule-folder-of-page',
    guard: 'a page in a browser names no folder of this PC',
    file: 'electron/bridge/bridge.ts',
    find: 'writesIntoFolder.has(name) && folder !== null',
    replace: 'name === undefined && folder !== null',
    tests: ['tests/integration/bridge.test.ts', 'a browser names no path'],
  },
  {
    name: 'schedule-folder-of-window',
    guard: 'the desktop’s window writes into no folder that no dialog gave',
    file: 'electron/ipc/router.ts',
    find: 'writesIntoFolder.has(name) && folder !== null',
    replace: 'name === undefined && folder !== null',
    tests: ['tests/unit/desktop/router.test.ts', 'lets only such folders'],
  },
];
