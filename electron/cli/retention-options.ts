/** How long each kind of data is kept, on the command line: what shorter days would remove is shown before they are saved. */
import type { Command } from 'commander';
import { type RetentionDays as Days, keptWithin, retentionContradiction } from '../../shared/retention.ts';
import type { RetentionLook, Settings } from '../../shared/schemas.ts';
import { inEnglish } from '../../shared/sentences/in-english.ts';
import { CommandError } from './command-error.ts';
import { plural, type Shown, shown } from './output.ts';
import type { Terminal } from './terminal.ts';

export interface RetentionOptions {
  readonly retentionDays?: string;
  readonly keepContent?: string;
  readonly keepAnswers?: string;
  readonly keepRefused?: string;
  readonly keepAudit?: string;
  readonly keepExports?: string;
  readonly keepBackups?: string;
  readonly yes?: boolean;
}

export const withRetention = (command: Command): Command =>
  command
    .option('--retention-days <n>', 'delivered events are kept so long, with all their facts')
    .option('--keep-content <days>', 'what they said, where that is to go sooner')
    .option('--keep-answers <days>', "receivers' answers")
    .option('--keep-refused <days>', 'refused requests')
    .option('--keep-audit <days>', 'who did what')
    .option('--keep-exports <days>', "files in the data folder's exports, or always")
    .option('--keep-backups <days>', 'backups that were asked for there, or always')
    .option('--yes', 'although shorter days remove something');

export const retentionMembers: Readonly<Record<string, string>> = {
  'change.retentionDays': '--retention-days',
  'change.keep.payloadDays': '--keep-content',
  'change.keep.answerDays': '--keep-answers',
  'change.keep.refusedDays': '--keep-refused',
  'change.keep.auditDays': '--keep-audit',
  'change.keep.exportDays': '--keep-exports',
  'change.keep.backupDays': '--keep-backups',
  retentionDays: '--retention-days',
  'keep.payloadDays': '--keep-content',
  'keep.answerDays': '--keep-answers',
  'keep.refusedDays': '--keep-refused',
  'keep.auditDays': '--keep-audit',
  'keep.exportDays': '--keep-exports',
  'keep.backupDays': '--keep-backups',
};

/**
 * What is not given goes as soon as what it belongs to.
 *
 * @throws CommandError `bad_input` that names the option
 */
export function retentionChange(options: RetentionOptions, before: Settings): Partial<Days> {
  const { retentionDays, keepContent, keepAnswers, keepRefused, keepAudit, keepExports, keepBackups } = options;
  const days = (option: string, text: string | undefined, now: number): number =>
    text === undefined ? now : daysOf(option, text);
  const daysOrAlways = (option: string, text: string | undefined, now: number | null): number | null =>
    text === undefined ? now : text === 'always' ? null : daysOf(option, text, ', or always');
  const kept = [keepContent, keepAnswers, keepRefused, keepAudit, keepExports, keepBackups];
  if (retentionDays === undefined && kept.every((one) => one === undefined)) return {};
  const { keep } = before;
  const events = days('--retention-days', retentionDays, before.retentionDays);
  const asked = {
    payloadDays: days('--keep-content', keepContent, keep.payloadDays),
    answerDays: days('--keep-answers', keepAnswers, keep.answerDays),
    refusedDays: days('--keep-refused', keepRefused, keep.refusedDays),
    auditDays: days('--keep-audit', keepAudit, keep.auditDays),
    exportDays: daysOrAlways('--keep-exports', keepExports, keep.exportDays),
    backupDays: daysOrAlways('--keep-backups', keepBackups, keep.backupDays),
  };
  const within = keptWithin({ retentionDays: events, keep: asked });
  const change = {
    retentionDays: events,
    keep: {
      ...asked,
      ...(keepContent === undefined ? { payloadDays: within.payloadDays } : {}),
      ...(keepAnswers === undefined ? { answerDays: within.answerDays } : {}),
    },
  };
  const wrong = retentionContradiction(change);
  if (wrong === null) return retentionDays === undefined ? { keep: change.keep } : change;
  const option = retentionMembers[wrong.member] ?? '';
  throw new CommandError('bad_input', `${option}: ${inEnglish(wrong.says)}`, { member: option });
}

/** What goes sooner than before though nobody gave it; null where nothing does. */
export function loweredText({ keepContent, keepAnswers }: RetentionOptions, before: Settings, now: Days): Shown | null {
  const lowered = [
    ['What events said', keepContent, 'payloadDays'],
    ['Their answers', keepAnswers, 'answerDays'],
  ] as const;
  const texts = lowered.flatMap(([what, given, kind]) => {
    const days = now.keep[kind];
    return given !== undefined || days >= before.keep[kind] ? [] : [`${what}: ${plural(days, 'day')}, no longer.`];
  });
  return texts.length === 0 ? null : shown`${texts.join(' ')}\n`;
}

function daysOf(option: string, text: string, or = ''): number {
  if (/^-?\d+$/.test(text)) return Number(text);
  throw new CommandError('bad_input', `${option}: expected a whole number of days${or}, got "${text}".`, {
    member: option,
  });
}

/** @throws CommandError `not_confirmed` that says what the coming night would remove beyond what it does anyway */
export async function confirmRemoval(
  terminal: Terminal,
  { yes = false }: RetentionOptions,
  before: Settings,
  change: Partial<Days>,
): Promise<void> {
  if (yes || (change.retentionDays === undefined && change.keep === undefined)) return;
  const { retentionDays, keep } = before;
  const now = await terminal.client.call('retention.look', { retentionDays, keep });
  const then = await terminal.client.call('retention.look', { retentionDays, keep, ...change });
  const more = lost(now, then);
  if (more.length === 0) return;
  throw new CommandError('not_confirmed', `Nothing is saved yet. The coming night would remove: ${more.join(', ')}.`, {
    command: terminal.sameWith('--yes'),
  });
}

function lost(now: RetentionLook, then: RetentionLook): string[] {
  const words: readonly (readonly [keyof RetentionLook, string, string])[] = [
    ['events', 'whole event', 'whole events'],
    ['payloads', 'event’s content', 'events’ content'],
    ['answers', 'answer', 'answers'],
    ['refused', 'refused request', 'refused requests'],
    ['acts', 'act of the audit', 'acts of the audit'],
    ['files', 'file', 'files'],
  ];
  return words.filter(([kind]) => then[kind] > now[kind]).map(([kind, one, many]) => plural(then[kind], one, many));
}

/** As `settings show` tells them. */
export function retentionText({ retentionDays, keep }: Days): readonly (readonly [string, string])[] {
  const orAlways = (days: number | null) => (days === null ? 'always' : plural(days, 'day'));
  return [
    [
      'Delivered events',
      `kept for ${plural(retentionDays, 'day')}, what they said for ${plural(keep.payloadDays, 'day')}`,
    ],
    [
      'Also kept',
      `answers ${plural(keep.answerDays, 'day')}, refused requests ${plural(keep.refusedDays, 'day')}, the audit ${plural(keep.auditDays, 'day')}, exports ${orAlways(keep.exportDays)}, backups asked for ${orAlways(keep.backupDays)}`,
    ],
  ];
}
