/** `roost-relay endpoint send-past`, `event send` and `bench send-on`: events from before, to an endpoint that has not had them. */

import type { Command } from 'commander';
import { type Endpoint, eventId, type Job, type PastCount, type PastFilter } from '../../../shared/schemas.ts';
import type { AtProperty } from '../at-property.ts';
import { withWayToConfirm } from '../confirming.ts';
import { endpointNamed } from '../endpoint-named.ts';
import { idGiven } from '../ids.ts';
import { exitCodes } from '../io.ts';
import { finished, goesOn, receiverPatienceMs } from '../job-progress.ts';
import { knownEvents } from '../known-events.ts';
import { repeated, type SpanOptions, spanOf, withSpan } from '../list-options.ts';
import { plural, type Shown, shown, together } from '../output.ts';
import type { Runner, Terminal } from '../terminal.ts';

interface PastOptions extends SpanOptions {
  readonly event?: readonly string[];
  readonly again?: boolean;
  readonly overtaken?: boolean;
  readonly toBench?: boolean;
  readonly yes?: boolean;
}

/** Beside the other commands of endpoints, events and the test bench. */
export function addPastCommands(program: Command, runner: Runner): void {
  const group = (name: string): Command => program.commands.find((command) => command.name() === name) ?? program;

  runner.action<PastOptions>(
    withSpan(
      group('endpoint')
        .command('send-past')
        .description('Sends events from before that it has not had: counted first, sent with --yes')
        .argument('<endpoint>', 'id, or its description or host'),
    )
      .option('--event <types>', 'of those it wants; such as booking.created or booking.*', repeated)
      .option('--to-bench', 'only what the test bench took')
      .option('--again', 'also what it has had, what it refused, and what a person skipped')
      .option('--overtaken', 'also where something newer of the same booking has arrived')
      .option('--yes', 'send them'),
    async (terminal, options, given = '') => {
      const to = await endpointNamed(terminal, given);
      await sendPast(terminal, to, await filterOf(terminal, options), options.yes === true);
    },
  );

  runner.action<{ yes?: boolean }>(
    group('bench')
      .command('send-on')
      .description('Sends on what the bench took: counted first, sent with --yes')
      .argument('<endpoint>', 'id, or its description or host')
      .option('--yes', 'send them'),
    async (terminal, { yes = false }, given = '') => {
      const to = await endpointNamed(terminal, given);
      await sendPast(terminal, to, { bench: true, again: false, overtaken: false }, yes);
    },
  );

  runner.action<{ to: string; yes?: boolean }>(
    group('event')
      .command('send')
      .description('Sends one event to an endpoint, whether that wants its type or not')
      .argument('<event>', 'its id')
      .requiredOption('--to <endpoint>', 'id, description or host')
      .option('--yes', 'although it has had it, or something newer of the same booking'),
    async (terminal, { to, yes = false }, given = '') => {
      const id = idGiven('event', eventId, given);
      const { id: endpointId } = await endpointNamed(terminal, to);
      const sent = await withWayToConfirm(
        terminal,
        terminal.client.call('events.send', { id, endpointId, confirmed: yes }),
      );
      terminal.say(sent, shown`${given} goes to ${sent.endpointName}, with the same event id.\n`);
    },
  );
}

async function filterOf(terminal: Terminal, options: PastOptions): Promise<PastFilter> {
  const { event, again = false, overtaken = false, toBench = false } = options;
  return {
    again,
    overtaken,
    bench: toBench,
    ...(event === undefined ? {} : { eventTypes: knownEvents(event, '--event') }),
    ...(await spanOf(terminal, options)),
  };
}

/** The count first; then, with `--yes`, the sending with its progress. */
async function sendPast(terminal: Terminal, to: Endpoint, filter: PastFilter, yes: boolean): Promise<void> {
  const count = await terminal.client.call('endpoints.countPast', { id: to.id, filter });
  const counted = countText(to, count, await terminal.atProperty());
  if (!yes || count.total === 0) {
    const next = count.total === 0 ? null : shown`Nothing was sent yet. Send them: ${terminal.sameWith('--yes')}\n`;
    return terminal.say({ ...count, started: false }, together(counted, next));
  }
  // Before it is waited for: a receiver that takes nothing may take a while.
  if (!terminal.json) terminal.io.out(counted.text);
  const started = await terminal.client.call('endpoints.sendPast', { id: to.id, filter });
  const job: Job = await finished(terminal, started, receiverPatienceMs);
  const now = await terminal.client.call('endpoints.get', { id: to.id });
  const { waiting, needsAttention } = now;
  const text = together(doneText(to, job), goesOn(terminal, job), leftText(terminal, now));
  terminal.say({ ...job, waiting, needsAttention }, text);
  if (job.state === 'failed') terminal.exitWith(exitCodes.failed);
}

/** What the test bench took is tried by nobody again: it has an end of its own. */
function doneText({ name, toBench }: Endpoint, { done, delivered, failed }: Job): Shown {
  const head = plural(done, 'event');
  if (toBench === null) return shown`${head}: ${delivered} delivered, ${failed} not taken yet.\n`;
  const others = delivered === 0 ? '' : ` ${delivered} delivered to ${name}.`;
  return shown`${head}: ${failed} to the test bench, so that ${name} has not had them.${others}\n`;
}

/** What it has not taken, of these and of others. */
function leftText(terminal: Terminal, { id, name, waiting, needsAttention }: Endpoint): Shown | null {
  if (waiting + needsAttention === 0) return null;
  const list = terminal.command('deliveries', '--endpoint', id, '--state', 'waiting,needs_attention');
  return shown`For ${name} ${plural(waiting, 'event waits', 'events wait')} now, and ${plural(needsAttention, 'needs', 'need')} a person: ${list}\n`;
}

/** After an endpoint was switched on: what came before. */
export async function beforeText(
  terminal: Terminal,
  id: Endpoint['id'],
): Promise<{ total: number; text: Shown | null }> {
  const { total } = await terminal.client.call('endpoints.countPast', { id });
  if (total === 0) return { total, text: null };
  const send = terminal.command('endpoint', 'send-past', id, '--yes');
  return { total, text: shown`${plural(total, 'event')} from before can be sent: ${send}\n` };
}

function countText({ name }: Endpoint, count: PastCount, at: AtProperty): Shown {
  const { total, byType, oldestAt, newestAt, left } = count;
  const span =
    oldestAt === null || newestAt === null || oldestAt === newestAt
      ? ''
      : `, from ${at.time(oldestAt)} to ${at.time(newestAt)}`;
  const lines = [
    [left.delivered, 'it has had already (--again sends them too)'],
    [left.waiting, 'wait for it already'],
    [left.needsAttention, 'need a person (--again sends them too)'],
    [left.skipped, 'a person skipped (--again sends them too)'],
    [left.gone, 'have no content any more: forgotten, or old'],
    [left.keptFrom, 'a person keeps from it, with --not-to (event send ID --to sends one all the same)'],
    [left.rules, "the endpoint's rules keep it away"],
    [
      left.overtaken,
      'something newer of the same booking, order, item or payment is there (--overtaken sends them too)',
    ],
  ] as const;
  const out = lines.filter(([many]) => many > 0).map(([many, why]) => shown`  ${many}  ${why}\n`);
  return together(
    shown`${plural(total, 'event')} from before for ${name}${span}.\n`,
    ...byType.map((row) => shown`  ${row.count}  ${row.event}\n`),
    out.length === 0 ? null : shown`Left out:\n`,
    ...out,
  );
}
