import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importsUnder, rooms, violations } from '../house/rooms.ts';

/** File, what it imports, and whether that is allowed. */
const planted: readonly [file: string, imported: string, allowed: boolean][] = [
  ['electron/engine/store/planted.ts', '../intake/parse.ts', false],
  ['electron/engine/store/planted.ts', '../context.ts', true],
  ['electron/engine/store/planted.ts', '../parts.ts', false],
  ['electron/engine/evidence/planted.ts', '../sending/request.ts', false],
  ['electron/engine/sending/planted.ts', '../evidence/outcome.ts', true],
  ['electron/engine/sending/planted.ts', '../endpoints/targets.ts', false],
  ['electron/engine/sending/planted.ts', '../endpoints/kinds/kind.ts', true],
  ['electron/engine/endpoints/kinds/planted.ts', '../../sending/request.ts', false],
  ['electron/engine/endpoints/planted.ts', '../queue/scheduler.ts', false],
  ['electron/engine/queue/planted.ts', '../endpoints/targets.ts', true],
  ['electron/engine/log/planted.ts', '../queue/scheduler.ts', false],
  ['electron/engine/log/situation/planted.ts', '../../intake/parse.ts', false],
  ['electron/engine/intake/planted.ts', '../control/control-file.ts', false],
  ['electron/engine/intake/planted.ts', '../log/log.ts', false],
  ['electron/engine/planted.ts', './queue/scheduler.ts', false],
  ['electron/engine/planted.ts', './store/events.ts', true],
  ['electron/cli/planted.ts', '../engine/queue/scheduler.ts', false],
  ['electron/cli/planted.ts', '../engine/control/control-file.ts', true],
  ['electron/bridge/planted.ts', '../engine/intake/http.ts', false],
  ['electron/bridge/planted.ts', '../engine/engine.ts', true],
];

describe('who may import whom inside the engine and from around it', () => {
  test.each(planted)('%s importing %s is allowed: %s', (file, imported, allowed) => {
    const root = mkdtempSync(join(tmpdir(), 'rooms-'));
    try {
      mkdirSync(join(root, dirname(file)), { recursive: true });
      writeFileSync(join(root, file), `import { planted } from '${imported}';\n\nexport default planted;\n`);
      expect(violations(importsUnder(root, 'electron'))).toHaveLength(allowed ? 0 : 1);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  test('types, what is passed on, and what is loaded later count as well', () => {
    const root = mkdtempSync(join(tmpdir(), 'rooms-'));
    try {
      mkdirSync(join(root, 'electron/engine/store'), { recursive: true });
      writeFileSync(
        join(root, 'electron/engine/store/planted.ts'),
        [
          "import type { A } from '../intake/a.ts';",
          "export { b } from '../intake/b.ts';",
          "export const c = () => import('../intake/c.ts');",
          "import {\n  d,\n  e,\n} from '../intake/d.ts';",
        ].join('\n'),
      );
      expect(violations(importsUnder(root, 'electron'))).toHaveLength(4);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  test('the house as it stands keeps to it, and every room of the engine is named', () => {
    expect(violations(importsUnder('.', 'electron'))).toEqual([]);
    const folders = readdirSync('electron/engine', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual(
      Object.keys(rooms)
        .filter((room) => !room.includes('/'))
        .sort(),
    );
  });
});
