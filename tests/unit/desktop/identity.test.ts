/** By what the system knows the app: each name stands in several files, and is of use only where they are the same. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const textOf = (file: string): string => readFileSync(file, 'utf8');
const found = (file: string, pattern: RegExp): string => pattern.exec(textOf(file))?.[1] ?? `nothing in ${file}`;

test('Windows shows toasts of the app’s own shortcut, and what a click on one starts is taken away with the app', () => {
  expect(found('electron-builder.yml', /^appId: (\S+)/m)).toBe(found('electron/main.ts', /const appId = '(.+)'/));
  expect(found('build/installer.nsh', /CLSID\\(\{[\w-]+\})/)).toBe(
    found('electron/main.ts', /toastActivatorClsid = '(.+)'/),
  );
});

test('a Linux desktop knows a window by the name of its entry in the menu, which portals take only in reverse', () => {
  const { desktopName } = JSON.parse(textOf('package.json')) as { desktopName: string };
  expect(desktopName).toBe(`${found('electron/main.ts', /const appId = '(.+)'/)}.desktop`);
  expect(desktopName).toMatch(/^[a-z]+(\.[a-z]+){2,}\.desktop$/);
  // electron-builder names the entry so, and not after the program.
  expect(found('electron-builder.yml', /^ {2}syncDesktopName: (\w+)/m)).toBe('true');
});
