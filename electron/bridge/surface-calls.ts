/** The surface's own calls, as a browser answers them: what needs a desktop says plainly that there is none. */
import { type CallOutput, type ParsedInput, RelayError, type SurfaceCallName } from '../../shared/api.ts';
import type { PreferencesFile } from './preferences-file.ts';

export type SurfaceHandlers = {
  readonly [Name in SurfaceCallName]: (input: ParsedInput<Name>) => CallOutput<Name>;
};

const onlyOnTheDesktop = (what: string): never => {
  throw new RelayError('not_possible', `${what} is possible in the desktop app only. Here the browser does it.`);
};

export function browserSurface(version: string, preferences: PreferencesFile): SurfaceHandlers {
  return {
    'surface.info': () => ({
      surface: 'browser',
      platform: process.platform,
      version,
      loginItemWorks: null,
      tray: null,
      update: null,
    }),
    'preferences.get': () => preferences.current(),
    'preferences.change': ({ change }) => preferences.change(change),
    'surface.chooseFile': () => onlyOnTheDesktop('Choosing a file'),
    'surface.showFile': () => onlyOnTheDesktop('Showing a file in its folder'),
    'surface.openExternal': () => onlyOnTheDesktop('Opening another program'),
    'surface.copy': () => onlyOnTheDesktop('Copying'),
    'surface.showing': () => null,
  };
}
