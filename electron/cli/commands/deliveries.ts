/** `roost-relay deliveries`, `delivery` and `resend`: the log. */
import type { Command } from 'commander';
import { deliveryStates } from '../../../shared/domain.ts';
import { type DeliveryFilter, deliveryId, statusClasses } from '../../../shared/schemas.ts';
import { deliveryStateSaid } from '../../../shared/told.ts';
import { CommandError } from '../command-error.ts';
import { deliveryText, resentText } from '../delivery-text.ts';
import { endpointIdsOf } from '../endpoint-named.ts';
import { idGiven } from '../ids.ts';
import { exitCodes } from '../io.ts';
import { finished, goesOn, receiverPatienceMs } from '../job-progress.ts';
import {
  type EventFilterOptions,
  eventFilterOf,
  type PageOptions,
  pageText,
  repeated,
  wholePage,
  withEventFilter,
  withPages,
} from '../list-options.ts';
import { plural, shown, summaryText, together } from '../output.ts';
import type { Runner, Terminal } from '../terminal.ts';

export interface FilterOptions extends EventFilterOptions {
  readonly endpoint?: readonly string[];
  readonly state?: readonly string[];
  readonly toBench?: boolean;
  readonly heldBack?: boolean;
  readonly tooOld?: boolean;
  readonly status?: string;
  readonly statusClass?: readonly string[];
}

/** Which deliveries: the same for a list, a resend and an export. */
export const withFilter = (command: Command): Command =>
  withEventFilter(
    command
      .option('--endpoint <endpoint>', 'id, description or host; may be repeated', repeated)
      .option('--state <states>', deliveryStates.join(', '), repeated)
      .option('--to-bench', 'only what the test bench took, and its endpoint never got')
      .option('--held-back', 'only what was held back when past events were stopped')
      .option('--too-old', 'only what is held since it is too old for its endpoint')
      .option('--status <code>', 'of the last answer, such as 404')
      .option('--status-class <class>', '2xx, 3xx, 4xx, 5xx or none', repeated),
  );

export function addDeliveryCommands(program: Command, runner: Runner): void {
  runner.action<FilterOptions & PageOptions>(
    withPages(withFilter(program.command('deliveries').description('The log, newest first'))),
    async (terminal, options) => {
      const filter = await filterOf(terminal, options);
      const page = await wholePage(options, (at) => terminal.client.call('deliveries.list', { filter, ...at }));
      const at = await terminal.atProperty();
      const rows = page.rows.map((row) => [
        at.time(row.at),
        row.event,
        summaryText(row.summary) || (row.entity?.id ?? ''),
        row.endpointName,
        at.state(deliveryStateSaid(row)),
        row.status === null ? '' : String(row.status),
        String(row.attempts),
        row.id,
      ]);
      const head = ['TIME', 'EVENT', 'ABOUT', 'ENDPOINT', 'STATE', 'STATUS', 'ATTEMPTS', 'ID'];
      terminal.say(page, pageText(terminal, { ...page, head, rows, none: 'No deliveries match.' }));
    },
  );

  runner.action(
    program.command('delivery').description('One delivery with all its attempts').argument('<delivery>', 'its id'),
    async (terminal, _options, given = '') => {
      const found = await terminal.client.call('deliveries.get', { id: idOf(given) });
      const endpoints = await terminal.client.call('endpoints.list', {});
      const endpoint = endpoints.find(({ id }) => id === found.endpointId) ?? null;
      terminal.say(found, deliveryText(found, endpoint, await terminal.atProperty()));
    },
  );

  runner.action(
    program.command('cancel').description('A delivery that waits is not sent').argument('<delivery>', 'its id'),
    async (terminal, _options, given = '') => {
      const row = await terminal.client.call('deliveries.cancel', { id: idOf(given) });
      const undo = terminal.command('uncancel', row.id);
      terminal.say(row, shown`${row.id} to ${row.endpointName} was cancelled.\nUndo: ${undo}\n`);
    },
  );

  runner.action(
    program
      .command('uncancel')
      .description('A cancelled delivery, or one that the test bench took, is sent to its receiver after all')
      .argument('<delivery>', 'its id'),
    async (terminal, _options, given = '') => {
      const row = await terminal.client.call('deliveries.restore', { id: idOf(given) });
      const at = await terminal.atProperty();
      terminal.say(row, shown`${row.id} to ${row.endpointName} is back: ${at.state(deliveryStateSaid(row))}.\n`);
    },
  );

  runner.action<FilterOptions & { yes?: boolean }>(
    withFilter(program.command('resend').description('Send one delivery again, or all that match'))
      .argument('[delivery]', 'its id; without one, the filter says which')
      .option('--yes', 'send what matches without asking'),
    async (terminal, options, given) => {
      if (given === undefined) return resendAll(terminal, await filterOf(terminal, options), options.yes === true);
      const sent = await terminal.client.call('deliveries.resend', { id: idOf(given) });
      terminal.say(sent, resentText(sent));
    },
  );
}

const idOf = (given: string) => idGiven('delivery', deliveryId, given);

export async function filterOf(terminal: Terminal, options: FilterOptions): Promise<DeliveryFilter> {
  const { endpoint, state, toBench, heldBack, tooOld, status, statusClass } = options;
  return {
    ...(endpoint === undefined ? {} : { endpointIds: await endpointIdsOf(terminal, endpoint) }),
    ...(state === undefined ? {} : { states: oneOf('--state', deliveryStates, state) }),
    ...(toBench === undefined ? {} : { toBench }),
    ...(heldBack === undefined ? {} : { heldBack }),
    ...(tooOld === undefined ? {} : { tooOld }),
    ...(status === undefined ? {} : { status: statusOf(status) }),
    ...(statusClass === undefined ? {} : { statusClasses: oneOf('--status-class', statusClasses, statusClass) }),
    ...(await eventFilterOf(terminal, options)),
  };
}

function oneOf<Value extends string>(option: string, known: readonly Value[], given: readonly string[]): Value[] {
  return given
    .flatMap((text) => text.split(','))
    .map((text) => {
      const found = known.find((value) => value === text.trim().replace(' ', '_'));
      if (found !== undefined) return found;
      throw new CommandError('bad_input', `${option}: "${text}" is none of ${known.join(', ')}.`, { member: option });
    });
}

function statusOf(text: string): number {
  const status = Number(text);
  if (Number.isInteger(status) && status >= 100 && status <= 599) return status;
  throw new CommandError('bad_input', `--status: expected a code such as 404, got "${text}".`, { member: '--status' });
}

/** The count first; then, with `--yes`, the sending with its progress. */
async function resendAll(terminal: Terminal, filter: DeliveryFilter, yes: boolean): Promise<void> {
  if (Object.keys(filter).length === 0) {
    throw new CommandError('bad_input', 'resend: give a delivery, or a filter that says which.', {
      member: 'delivery',
    });
  }
  const count = await terminal.client.call('deliveries.count', { filter, forResend: true });
  const at = await terminal.atProperty();
  const sendable = count.total - count.cannot.reduce((sum, one) => sum + one.count, 0);
  const cannot = count.cannot.map((one) => shown`${one.count} of them cannot be sent again: ${at.words(one.says)}\n`);
  const byEndpoint = count.byEndpoint.map((row) => shown`  ${row.count}  ${row.name}\n`);
  const counted = together(
    shown`${plural(count.total, 'delivery matches', 'deliveries match')}.\n`,
    ...byEndpoint,
    ...cannot,
  );
  if (!yes || sendable === 0) {
    const others = count.cannot.length === 0 ? 'them all' : `the other ${sendable}`;
    const next =
      sendable > 0
        ? shown`Nothing was sent yet. Send ${others}: ${terminal.sameWith('--yes')}\n`
        : count.total > 0 && shown`Nothing was sent.\n`;
    if (yes && count.total > 0) terminal.exitWith(exitCodes.failed);
    return terminal.say({ ...count, started: false }, together(counted, next || null));
  }
  if (!terminal.json) terminal.io.out(counted.text);
  const started = await terminal.client.call('deliveries.resendAll', { filter });
  const job = await finished(terminal, started, receiverPatienceMs);
  terminal.say(
    job,
    together(
      shown`${plural(job.done, 'delivery', 'deliveries')}: ${job.delivered} delivered, ${job.failed} failed.\n`,
      goesOn(terminal, job),
      job.problem && shown`${at.words(job.problem)}\n`,
    ),
  );
  if (job.state === 'failed') terminal.exitWith(exitCodes.failed);
}
