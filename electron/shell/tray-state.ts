/** What the tray shows, decided from the conditions: icon, count and tooltip. Pure; shell/tray.ts draws it. */
import { type Condition, troublesOf } from '../../shared/conditions/index.ts';
import type { Sentence, Tone } from '../../shared/domain.ts';
import type { Situation } from '../../shared/schemas.ts';

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

/** Most urgent first. */
const urgency: readonly Tone[] = ['bad', 'away', 'wait', 'still', 'fine'];

export interface TrayState {
  readonly face: TrayFace;
  /** Deliveries that wait while something is wrong; 0 shows no number. */
  readonly count: number;
  readonly tooltip: readonly Sentence[];
}

/** @param situation null before the engine has answered for the first time */
export function trayState(conditions: readonly Condition[], situation: Situation | null): TrayState {
  const marked = troublesOf(conditions);
  const tone = urgency.find((candidate) => marked.some((condition) => condition.tone === candidate)) ?? 'fine';
  const worst = marked.find((condition) => condition.tone === tone);
  const headline: Sentence = worst?.title ?? { key: situation ? 'tray.fine' : 'tray.starting', params: {} };
  const waiting = situation?.waiting ?? 0;
  return {
    face: faceOfTone[tone],
    count: tone === 'fine' ? 0 : waiting,
    tooltip: situation ? [headline, waitingSentence(waiting)] : [headline],
  };
}

/** "14 events waiting", in the form that fits the number. */
export const waitingSentence = (waiting: number): Sentence => ({
  key: `tray.waiting.${waiting === 0 ? 'none' : waiting === 1 ? 'one' : 'many'}`,
  params: { count: waiting },
});
