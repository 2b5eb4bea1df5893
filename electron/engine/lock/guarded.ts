/** What asks for the PIN: secrets, guests' data that leaves whole, many at once, and what cannot be taken back. */
import type { EngineCallName, ParsedInput } from '../../../shared/api.ts';

/** What is known of the property's data beside what the call says. */
export interface Known {
  /** Whether what this job made holds guests' data as it is. */
  readonly leavesWhole: (jobId: string) => boolean;
}

type Guards = { readonly [Name in EngineCallName]?: (input: ParsedInput<Name>, known: Known) => boolean };

const always = (): boolean => true;

const guards: Guards = {
  'endpoints.revealAddress': always,
  'endpoints.revealSecret': always,
  'endpoints.revealHeader': always,
  'endpoints.rotate': always,
  'endpoints.finishRotation': always,
  'endpoints.cancelRotation': always,
  'endpoints.enterAgain': always,
  'endpoints.sendPast': always,
  'sources.replaceToken': always,
  'deliveries.resendAll': always,
  'export.start': ({ full }) => full !== undefined,
  // To fetch it is what making it was for.
  'jobs.download': ({ id }, { leavesWhole }) => leavesWhole(id),
  // All that it will write, night after night.
  'schedules.add': ({ schedule }) => schedule.full !== undefined,
  'schedules.change': ({ schedule }) => schedule.full !== undefined,
  'forget.start': always,
  // It is everything that there is, and under a passphrase the secrets as well.
  'backup.start': always,
  // What a rule of the property's own keeps would leave with every export.
  'settings.change': ({ change }) => change.privacyRules !== undefined,
  'lock.change': always,
};

export const asksForPin = (name: EngineCallName, input: unknown, known: Known): boolean =>
  (guards[name] as ((input: unknown, known: Known) => boolean) | undefined)?.(input, known) ?? false;
