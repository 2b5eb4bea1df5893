/** `status`: the same headline and the same troubles as the window's Today, then the numbers for a helper. */
import { type Condition, conditionsOf, troublesOf } from '../../shared/conditions/index.ts';
import { headlineOf, headlineText, waitingSentence, whereTodayWent } from '../../shared/headline.ts';
import { outageSaid, overToday } from '../../shared/outage-story.ts';
import type { Situation } from '../../shared/schemas.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import { endpointStateSaid } from '../../shared/told.ts';
import type { AtProperty } from './at-property.ts';
import { facts, plural, type Shown, shown, together } from './output.ts';
import type { Terminal } from './terminal.ts';

/** An answer shows that the engine runs; what the desktop around it knows and may do is not known here. */
const present = (situation: Situation): readonly Condition[] =>
  conditionsOf(situation, { engine: 'running', engineProblem: null, keepAwake: null });

/** How things are, in the sentences that Today opens with. */
export const headlineWords = (situation: Situation, at: AtProperty): string =>
  headlineText(headlineOf(situation, present(situation)), at.words);

/** Whose turn it is, as it stands before a step. */
export const turnWords = { manager: 'for you', it_helper: 'for IT', nobody: 'no need' } as const;

const clockSaid = ({ skewMs }: Situation['clock']) =>
  sentence(skewMs < 0 ? 'doctor.clock.behind' : 'doctor.clock.ahead', { skewMs });

export function statusText(terminal: Pick<Terminal, 'table' | 'command'>, situation: Situation, at: AtProperty): Shown {
  const { waiting, oldestWaitingAt, needsAttention, endpoints, sources, intake, connectivity, pausedUntil } = situation;
  const since = oldestWaitingAt === null ? '' : `, the oldest since ${at.timeOr(oldestWaitingAt, '')}`;
  // As many as the table below has: what a person holds waits too.
  const held = endpoints.reduce((sum, row) => (row.switch === 'on' ? sum : sum + row.waiting), 0);
  const ofHeld = held === 0 ? '' : `, ${held === waiting + held ? 'all' : held} for paused endpoints`;
  const all = plural(waiting + held, 'delivery', 'deliveries');
  const deliveries = waiting + held === 0 ? '' : ` (${all}${ofHeld}${since})`;
  const troubles = troublesOf(present(situation)).map(({ kind, about, turn, title, step, meaning, said }) => {
    const more = [said ?? null, step ?? meaning].flatMap((one) => (one ? [at.words(one)] : []));
    const how = kind === 'events_too_old' && about ? shown` ${terminal.command('held', 'list', about)}` : '';
    return shown`${turnWords[turn]}  ${at.words(title)}. ${more.join(' ')}${how}\n`;
  });
  const { today } = situation;
  const went = whereTodayWent(situation).map(at.words);
  const head = facts([
    ['Roost Relay', situation.version],
    ['Takes events at', intake.address],
    [
      'and on the network at',
      intake.lan &&
        `${intake.lan.address}${intake.lan.fingerprint === null ? '' : ` (certificate ${intake.lan.fingerprint})`}`,
    ],
    ['Waiting', `${at.words(waitingSentence(situation))}${deliveries}`],
    ['Need a person', needsAttention === 0 ? null : plural(needsAttention, 'delivery', 'deliveries')],
    [
      'Today',
      [
        `${plural(today.taken, 'event')} in`,
        ...(went.length > 0 ? went : [`${today.delivered} delivered`]),
        `${plural(situation.deliveredToday, 'delivery', 'deliveries')} out`,
      ].join(', '),
    ],
    ['Internet', connectivity.state === 'online' ? 'there' : connectivity.state.replaceAll('_', ' ')],
    ['Paused', pausedUntil === null ? null : `until ${at.timeOr(pausedUntil, '')}`],
    ['Times', at.timeZone],
    ['Clock', situation.clock.wrong ? at.words(clockSaid(situation.clock)) : null],
    ['Disk', situation.disk.state === 'ok' ? null : situation.disk.state.replace('_', ' ')],
    ['Secrets', situation.vault.unreadable === 0 ? null : `${situation.vault.unreadable} cannot be read`],
    ['Last event', at.timeOr(situation.lastEventAt, 'none yet')],
    ['Last delivery', at.timeOr(situation.lastDeliveredAt, 'none yet')],
  ]);
  const rows = endpoints.map((row) => [
    row.name,
    at.state(endpointStateSaid(row)),
    String(row.waiting),
    String(row.needsAttention + (row.tooOld?.count ?? 0)),
  ]);
  const list =
    rows.length === 0
      ? shown`No endpoints yet.\n`
      : terminal.table(['ENDPOINT', 'STATE', 'WAITING', 'ATTENTION'], rows);
  const from = sources.map((row) => [row.name, at.timeOr(row.lastEventAt, 'never'), String(row.eventsToday)]);
  const origins =
    from.length === 0 ? shown`No sources yet.\n` : terminal.table(['SOURCE', 'LAST EVENT', 'TODAY'], from);
  const opening = shown`${headlineWords(situation, at)}\n\n`;
  const wrong = troubles.length === 0 ? null : together(...troubles, shown`\n`);
  const over = overToday(situation).map((outage) => shown`over     ${outageSaid(outage).map(at.words).join(' ')}\n`);
  const story = over.length === 0 ? null : together(...over, shown`\n`);
  return together(opening, wrong, story, head, shown`\n`, list, shown`\n`, origins);
}
