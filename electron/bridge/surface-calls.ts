/** The surface's own calls, as a browser answers them: what needs a desktop says plainly that there is none. */
import { type CallOutput, type ParsedInput, RelayError, type SurfaceCallName } from '../../shared/api.ts';
import { refuseEndlessQuiet } from '../../shared/quiet-hours.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import type { PreferencesFile } from './preferences-file.ts';

export type SurfaceHandlers = {
  readonly [Name in SurfaceCallName]: (input: ParsedInput<Name>) => CallOutput<Name>;
};

const onlyOnTheDesktop = (
  what: 'choose' | 'restart_engine' | 'show' | 'save_pdf' | 'open' | 'copy' | 'update',
): never => {
  throw new RelayError('not_possible', sentence(`problem.desktop_only.${what}`));
};

/** @param program what the command line is called here */
export function browserSurface(version: string, preferences: PreferencesFile, program: string): SurfaceHandlers {
  return {
    'surface.info': () => ({
      surface: 'browser',
      platform: process.platform,
      version,
      program,
      loginItemWorks: null,
      tray: null,
      update: null,
    }),
    'preferences.get': () => preferences.current(),
    'preferences.change': ({ change }) => {
      refuseEndlessQuiet(change.quietHours, 'quietHours');
      return change.updateFeed ? onlyOnTheDesktop('update') : preferences.change(change);
    },
    'surface.chooseFile': () => onlyOnTheDesktop('choose'),
    'surface.restartEngine': () => onlyOnTheDesktop('restart_engine'),
    'surface.installUpdate': () => onlyOnTheDesktop('update'),
    'surface.savePdf': () => onlyOnTheDesktop('save_pdf'),
    'surface.showFile': () => onlyOnTheDesktop('show'),
    'surface.openExternal': () => onlyOnTheDesktop('open'),
    'surface.copy': () => onlyOnTheDesktop('copy'),
    'surface.showing': () => null,
  };
}
