/** Exports by the clock: what lies in somebody's folder, and who may name one. */
import type { Mutant } from '../mutant.ts';

const writing = 'electron/engine/export/schedule-writing.ts';
const folder = 'electron/engine/export/schedule-folder.ts';
const filesTest = 'tests/integration/export-schedule-files.test.ts';

export const ofSchedules: readonly Mutant[] = [
  {
    name: 'schedule-over-theirs',
    guard: 'a scheduled export replaces no file but its own',
    file: folder,
    find: "alike.some((one) => one.hash !== null && hash.equals(one.hash)) ? 'own' : 'foreign'",
    replace: "hash.length > 0 ? 'own' : 'foreign'",
    tests: [filesTest, 'go, those alone that the schedule wrote'],
  },
  {
    name: 'schedule-makes-folder',
    guard: 'a folder that is away is not made anew',
    file: writing,
    find: 'if (schedule.draft.folder === null) await makeFolder(folder',
    replace: 'if (folder !== null) await makeFolder(folder',
    tests: [filesTest, 'is never made anew'],
  },
  {
    name: 'schedule-of-forgotten',
    guard: 'an export whose filter named a forgotten guest writes nothing',
    file: writing,
    find: "if (forgotten !== null) throw new RelayError('not_possible', forgotten);",
    replace: '',
    tests: ['tests/integration/forget-kept.test.ts', 'writes nothing, says so'],
  },
  {
    name: 'schedule-files-forgotten',
    guard: 'after a restore a schedule knows its own files, and how far it has come',
    file: 'electron/engine/store/damage/pending-restore.ts',
    find: 'carryExports(from, into);',
    replace: '',
    tests: ['tests/integration/export-schedules-restored.test.ts', 'an older backup over whole data'],
  },
  {
    name: 'schedule-lost-in-damage',
    guard: 'schedules are carried out of a damaged database',
    file: 'electron/engine/store/damage/set-up.ts',
    find: 'carrySchedules(wreck, into);',
    replace: '',
    tests: ['tests/integration/export-schedules-restored.test.ts', 'a damaged database hands its schedules on'],
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
