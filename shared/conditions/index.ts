/** Everything that a person should know now, most urgent first: one list for banners, toasts and tray. */
import type { Sentence } from '../domain.ts';
import type { Situation } from '../schemas.ts';
import { benchCutOff, benchSwallowed, endpointAtBench } from './bench.ts';
import { closed } from './closed.ts';
import type { Condition, ConditionProvider, SurfaceFacts } from './condition.ts';
import { captivePortal, offline, proxy, silence, tlsInterception } from './connectivity.ts';
import { deliveryNeedsAttention, endpointFailing, endpointGone, endpointRecovered } from './endpoint.ts';
import {
  endpointDegraded,
  endpointPaused,
  endpointPlainOff,
  endpointSlowDown,
  eventsRetrying,
} from './endpoint-waits.ts';
import {
  databaseDamaged,
  databaseEmptied,
  databaseGone,
  databaseHeld,
  databaseUnreachable,
  engineConditions,
  engineRunning,
  eventsLost,
} from './engine.ts';
import { exportAway } from './export-away.ts';
import { eventsTooOld } from './held.ts';
import { allPaused, filesRejected, messagesKept, sourceQuiet } from './intake.ts';
import { intakeElsewhere, lanMissing } from './listeners.ts';
import { localNetwork } from './local-network.ts';
import { mailPartly } from './mail.ts';
import { openFiles } from './open-files.ts';
import { restoredLately, restoredSetUp, restorePending } from './restoring.ts';
import { secretsUnreadable, vaultPlain } from './secrets.ts';
import { filesStuck, sourceAway } from './source-away.ts';
import {
  autostartOff,
  clockWrong,
  diskFull,
  diskLow,
  diskNoRights,
  diskReadOnly,
  lateStart,
  sleepsAtNight,
} from './this-pc.ts';
import { upkeepUndone } from './upkeep-undone.ts';

export type { Condition, ConditionAction, ConditionProvider, SurfaceFacts } from './condition.ts';

/** In the order in which they are shown. */
export const conditionProviders: readonly ConditionProvider[] = [
  engineRunning,
  databaseGone,
  databaseEmptied,
  databaseDamaged,
  databaseHeld,
  databaseUnreachable,
  eventsLost,
  diskFull,
  diskReadOnly,
  diskNoRights,
  openFiles,
  closed,
  intakeElsewhere,
  lanMissing,
  secretsUnreadable,
  endpointFailing,
  endpointGone,
  deliveryNeedsAttention,
  eventsTooOld,
  messagesKept,
  filesRejected,
  endpointAtBench,
  benchSwallowed,
  restoredSetUp,
  restoredLately,
  restorePending,
  offline,
  silence,
  captivePortal,
  localNetwork,
  tlsInterception,
  proxy,
  clockWrong,
  diskLow,
  sourceAway,
  filesStuck,
  sourceQuiet,
  exportAway,
  upkeepUndone,
  autostartOff,
  lateStart,
  endpointPlainOff,
  mailPartly,
  endpointDegraded,
  endpointSlowDown,
  eventsRetrying,
  vaultPlain,
  allPaused,
  endpointPaused,
  benchCutOff,
  sleepsAtNight,
  endpointRecovered,
];

/**
 * The conditions present now.
 * @param situation the engine's last snapshot, or null before there is one: then only the engine's own state speaks
 */
export function conditionsOf(situation: Situation | null, surface: SurfaceFacts): readonly Condition[] {
  if (situation === null) return engineConditions(surface);
  return conditionProviders.flatMap((provider) => provider.present(situation, surface));
}

/** What to say now that `was` is over; null where nothing needs to be said, `later` where it is not known yet. */
export function overSentence(was: Condition, situation: Situation): Sentence | 'later' | null {
  const provider = conditionProviders.find(({ kind }) => kind === was.kind);
  return provider?.over?.(was, situation) ?? null;
}

/** Whether `was`, which is not present, may be so again as the same incident. */
export const lastsUnseen = (was: Condition, situation: Situation): boolean =>
  conditionProviders.find(({ kind }) => kind === was.kind)?.lasts?.(was, situation) ?? false;

/** Standing facts about this PC that would hide everything else behind a mark that never goes away. */
const standing: ReadonlySet<string> = new Set(['vault_plain', 'sleeps_at_night']);

/** What tray, menu and the window's foot speak of: good news and standing facts are left to Today. */
export const troublesOf = (conditions: readonly Condition[]): readonly Condition[] =>
  conditions.filter(({ kind, tone }) => tone !== 'fine' && !standing.has(kind));
