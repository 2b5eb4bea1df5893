/** What the tray shows, decided from the headline: icon, count and tooltip. Pure; shell/tray/tray.ts draws it. */
import type { Condition } from '../../../shared/conditions/index.ts';
import type { Sentence, Tone } from '../../../shared/domain.ts';
import { headlineOf, waitingSentence } from '../../../shared/headline.ts';
import type { Situation } from '../../../shared/schemas.ts';

/** The five faces of the tray icon, by the names of the picture files. */
export const trayFaces = ['fine', 'attention', 'failing', 'offline', 'paused'] as const;
export type TrayFace = (typeof trayFaces)[number];

const faceOfTone: Record<Tone, TrayFace> = {
  bad: 'failing',
  away: 'offline',
  wait: 'attention',
  still: 'paused',
  fine: 'fine',
};

export interface TrayState {
  readonly face: TrayFace;
  /** Events that wait while something is wrong; 0 shows no number. */
  readonly count: number;
  readonly tooltip: readonly Sentence[];
}

/**
 * The same as Today and the window's foot say: green only where they do.
 * @param situation null before the engine has answered for the first time
 */
export function trayState(conditions: readonly Condition[], situation: Situation | null): TrayState {
  const { tone, short } = headlineOf(situation, conditions);
  return {
    face: faceOfTone[tone],
    count: tone === 'fine' ? 0 : (situation?.waitingEvents.events ?? 0),
    tooltip: situation ? [short, waitingSentence(situation)] : [short],
  };
}
