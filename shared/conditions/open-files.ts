/** This app, or this PC, has as many files and connections open as it may: nothing is damaged, and nothing new comes in. */
import type { Situation } from '../schemas.ts';
import type { ConditionProvider } from './condition.ts';
import { incident, say } from './wording.ts';

type OpenFiles = NonNullable<Situation['openFiles']>;

export const openFilesWords = ({ of, most }: OpenFiles) => ({
  title: say('open_files', `title.${of}`),
  meaning: say('open_files', 'meaning'),
  step: of === 'app' && most !== null ? say('open_files', 'step.limit', { most }) : say('open_files', `step.${of}`),
});

/** Many may come at once and be gone again: so long before somebody is called, in milliseconds. */
const lastsMs = 60_000;

export const openFiles: ConditionProvider = {
  kind: 'open_files',
  present: ({ openFiles: full, now }) =>
    full === null
      ? []
      : [
          {
            id: incident('open_files', full.since),
            kind: 'open_files',
            tone: 'bad',
            since: full.since,
            ...openFilesWords(full),
            turn: 'it_helper',
            actions: [],
            path: '/',
            toasts: now - full.since >= lastsMs,
            about: null,
          },
        ],
  over: () => say('open_files', 'over'),
};
