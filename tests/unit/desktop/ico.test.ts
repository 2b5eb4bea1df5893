import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { icoFile } from '../../../electron/packaging/ico.ts';
import { trayFaces } from '../../../electron/shell/tray/tray-state.ts';

const folder = join(import.meta.dirname, '../../../build/icons/tray');

describe('Windows’ icon file', () => {
  test('one pixel: directory, bitmap from the bottom in blue, green, red, alpha, and an empty mask', () => {
    const file = icoFile([{ sizePx: 1, rgba: Uint8Array.of(1, 2, 3, 4) }]);
    expect(file.toString('hex')).toBe(
      [
        '000001000100',
        '01010000010020003000000016000000',
        '28000000010000000200000001002000000000000000000000000000000000000000000000000000',
        '03020104',
        '00000000',
      ].join(''),
    );
  });

  test('pixels that are too few are refused', () => {
    expect(() => icoFile([{ sizePx: 2, rgba: new Uint8Array(4) }])).toThrow('4 bytes are not the pixels of 2 × 2');
  });

  test('each face of the tray has one for light and dark panels, at 100, 125, 150 and 200 %', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.ico'));
    expect(files.toSorted()).toEqual(trayFaces.flatMap((face) => [`${face}-dark.ico`, `${face}-light.ico`]).toSorted());
    for (const name of files) {
      const file = readFileSync(join(folder, name));
      const sizes = Array.from({ length: file.readUInt16LE(4) }, (_, index) => file.readUInt8(6 + 16 * index));
      expect([name, sizes]).toEqual([name, [16, 20, 24, 32]]);
    }
  });
});
