/** `roost-relay endpoint …`: where events go. */
import type { Command } from 'commander';
import { type UtcMs, utcMs } from '../../../shared/domain.ts';
import { isSigned } from '../../../shared/endpoint-kinds/index.ts';
import type { Endpoint } from '../../../shared/schemas.ts';
import { endpointStateSaid } from '../../../shared/told.ts';
import type { AtProperty } from '../at-property.ts';
import { CommandError } from '../command-error.ts';
import { withWayToConfirm } from '../confirming.ts';
import { durationMs } from '../duration.ts';
import { endpointNamed } from '../endpoint-named.ts';
import { endpointText, testText } from '../endpoint-text.ts';
import { exitCodes } from '../io.ts';
import { knownEvents } from '../known-events.ts';
import { type Facts, facts, plural, shown, together } from '../output.ts';
import { inputText, type Runner, type Terminal, valueOrFile } from '../terminal.ts';
import { addEndpointPreview } from './endpoint-preview.ts';
import { addEndpointSetUp } from './endpoint-set-up.ts';
import { beforeText } from './past.ts';

export function addEndpointCommands(program: Command, runner: Runner): void {
  const endpoint = program.command('endpoint').description('Where events go');
  const named = (name: string, description: string): Command =>
    endpoint.command(name).description(description).argument('<endpoint>', 'id, or its description or host');

  addEndpointSetUp(endpoint, named, runner);
  addEndpointPreview(endpoint, runner);

  runner.action<{ removed?: boolean }>(
    endpoint.command('list').description('All endpoints').option('--removed', 'those that were removed too'),
    async (terminal, { removed = false }) => {
      const endpoints = await terminal.client.call('endpoints.list', { removed });
      if (endpoints.length === 0) {
        return terminal.say(
          endpoints,
          shown`No endpoints yet. Add one: ${terminal.command('endpoint', 'add', '--url', '…')}\n`,
        );
      }
      const at = await terminal.atProperty();
      const rows = endpoints.map((row) => [
        row.name,
        row.id,
        row.kind,
        row.switch === 'removed' ? 'removed' : at.state(endpointStateSaid(row)),
        String(row.waiting),
        String(row.needsAttention),
        lastAnswerText(row, at),
        addressText(row),
      ]);
      const head = ['NAME', 'ID', 'KIND', 'STATE', 'WAITING', 'ATTENTION', 'LAST ANSWER', 'ADDRESS'];
      terminal.say(endpoints, terminal.table(head, rows));
    },
  );

  runner.action<{ reveal?: boolean }>(
    named('show', 'One endpoint').option('--reveal', 'its address, secret and headers in full; this is recorded'),
    async (terminal, { reveal }, given = '') => {
      const { id } = await endpointNamed(terminal, given);
      const endpoint = await terminal.client.call('endpoints.get', { id });
      const at = await terminal.atProperty();
      if (!reveal) return terminal.say(endpoint, endpointText(endpoint, at));
      const { url } = await terminal.client.call('endpoints.revealAddress', { id });
      const { secret, next } = await terminal.client.call('endpoints.revealSecret', { id });
      const headers = await revealedHeaders(terminal, endpoint);
      const more: Facts = [
        ['Address', url],
        ['Secret', isSigned(endpoint.kind) ? secret : null],
        ['New secret', next],
        ...headers.map(({ name, value }) => ['Header', `${name}: ${value}`] as const),
      ];
      terminal.say({ ...endpoint, url, secret, nextSecret: next, headers }, endpointText(endpoint, at, more));
    },
  );

  runner.action<{ event?: string; body?: string; next?: boolean }>(
    named('test', 'Sends a sample event, marked as a test')
      .option('--event <type>', 'which; the first one subscribed to unless given')
      .option('--body <@file or JSON>', 'the data to send instead of the sample')
      .option('--next', 'signed with the next secret of a rotation'),
    async (terminal, { event, body, next = false }, given = '') => {
      const endpoint = await endpointNamed(terminal, given);
      const { id } = endpoint;
      const dataText = body === undefined ? undefined : await dataObject(terminal, body);
      const result = await terminal.client.call('endpoints.test', {
        id,
        next,
        ...(event === undefined ? {} : { event: knownEvents([event], '--event')[0] }),
        ...(dataText === undefined ? {} : { dataText }),
      });
      terminal.say(result, testText(endpoint, result, await terminal.atProperty()));
      if (!result.ok) terminal.exitWith(exitCodes.failed);
    },
  );

  runner.action<{ override?: boolean }>(
    named('enable', 'It gets events from now on').option('--override', 'although no test send has succeeded'),
    async (terminal, { override = false }, given = '') => {
      const { id } = await endpointNamed(terminal, given);
      const enabled = await terminal.client.call('endpoints.enable', { id, override }).catch(namingOverride);
      const before = await beforeText(terminal, id);
      terminal.say({ ...enabled, fromBefore: before.total }, together(shown`${enabled.name} is on.\n`, before.text));
    },
  );

  runner.action<{ for?: string; until?: string }>(
    named('pause', 'Its events wait until it is resumed')
      .option('--for <time>', 'such as 30m or 2h')
      .option('--until <time>', 'such as "2026-11-24 07:00"'),
    async (terminal, options, given = '') => {
      const { id } = await endpointNamed(terminal, given);
      const at = await terminal.atProperty();
      const paused = await terminal.client.call('endpoints.pause', { id, until: untilOf(options, at) });
      const until = paused.pausedUntil === null ? 'until it is resumed' : `until ${at.time(paused.pausedUntil)}`;
      terminal.say(paused, shown`${paused.name} is paused ${until}. Its events go on queueing.\n`);
    },
  );

  runner.action(named('resume', 'Ends a pause'), async (terminal, _options, given = '') => {
    const { id } = await endpointNamed(terminal, given);
    const resumed = await terminal.client.call('endpoints.resume', { id });
    const waiting = plural(resumed.waiting, 'event');
    // Its receiver said that it is gone, and may say so again in a moment.
    const isOn =
      resumed.lastAnswer?.outcome === 'gone'
        ? 'is tried once more: it stays on if its receiver takes that, and another 410 pauses it again'
        : 'is on';
    terminal.say(resumed, shown`${resumed.name} ${isOn}. ${waiting} waiting for it.\n`);
  });

  runner.action(
    named('remove', 'Its waiting deliveries are cancelled; restore undoes it'),
    async (terminal, _options, given = '') => {
      const { id, name } = await endpointNamed(terminal, given);
      const { cancelled } = await terminal.client.call('endpoints.remove', { id });
      terminal.say(
        { id, cancelled },
        shown`${name} was removed; ${plural(cancelled, 'waiting delivery', 'waiting deliveries')} cancelled.\nUndo: ${terminal.command('endpoint', 'restore', id)}\n`,
      );
    },
  );

  runner.action<{ yes?: boolean }>(
    named('restore', 'Brings a removed endpoint and its deliveries back').option(
      '--yes',
      'although another endpoint has the same address',
    ),
    async (terminal, { yes = false }, given = '') => {
      const { id } = await endpointNamed(terminal, given, 'removed');
      const restored = await withWayToConfirm(
        terminal,
        terminal.client.call('endpoints.restore', { id, confirmed: yes }),
      );
      terminal.say(restored, shown`${restored.name} is back. ${plural(restored.waiting, 'event')} waiting for it.\n`);
    },
  );

  runner.action(named('try-now', 'Sends its oldest waiting delivery now'), async (terminal, _options, given = '') => {
    const { id } = await endpointNamed(terminal, given);
    const tried = await terminal.client.call('endpoints.tryNow', { id });
    const at = await terminal.atProperty();
    // What waited goes out now: how it stood at that moment would only mislead.
    const isTaken = tried.tried?.outcome === 'delivered';
    terminal.say(
      tried,
      together(shown`${at.words(tried.says)}\n`, isTaken ? null : shown`\n`, isTaken ? null : endpointText(tried, at)),
    );
    if (tried.tried !== null && !isTaken) terminal.exitWith(exitCodes.failed);
  });

  runner.action(
    named('send-waiting', 'What waits for it becomes due now, in order and at its pace'),
    async (terminal, _options, given = '') => {
      const { id, name } = await endpointNamed(terminal, given);
      const sent = await terminal.client.call('endpoints.sendWaiting', { id });
      const due = shown`${plural(sent.deliveries, 'delivery is', 'deliveries are')} due now for ${name}.\n`;
      const held = sent.held && shown`${(await terminal.atProperty()).words(sent.held)}\n`;
      terminal.say(sent, together(due, held));
    },
  );

  runner.action(
    named('statistics', 'The last 24 hours: how many got through, and how fast'),
    async (terminal, _options, given = '') => {
      const { id } = await endpointNamed(terminal, given);
      const found = await terminal.client.call('endpoints.statistics', { id });
      const at = await terminal.atProperty();
      const head = facts([
        ['Delivered', String(found.delivered)],
        ['Failed', String(found.failed)],
        ['Half within', found.p50Ms === null ? null : `${Math.round(found.p50Ms)} ms`],
        ['19 of 20 within', found.p95Ms === null ? null : `${Math.round(found.p95Ms)} ms`],
      ]);
      const rows = found.hours.map((hour) => [at.time(hour.at), hour.delivered, hour.failed]);
      terminal.say(found, together(head, shown`\n`, terminal.table(['HOUR', 'DELIVERED', 'FAILED'], rows)));
    },
  );
}

const addressText = ({ address, toBench, plain }: Endpoint): string =>
  `${address}${plain === null ? '' : ' (plain HTTP, this PC)'}${toBench === null ? '' : ' (now: test bench)'}`;

/** What the test bench answers says nothing of the endpoint itself. */
function lastAnswerText({ toBench, swallowed, lastAnswer }: Endpoint, at: AtProperty): string {
  if (toBench !== null && swallowed > 0) return `the test bench took ${swallowed}`;
  return lastAnswer === null ? 'none yet' : `${lastAnswer.status ?? 'no answer'}, ${at.time(lastAnswer.at)}`;
}

function untilOf(options: { for?: string; until?: string }, at: AtProperty): UtcMs | null {
  if (options.for !== undefined && options.until !== undefined) {
    throw new CommandError('bad_input', '--until: give either --for or --until.', { member: '--until' });
  }
  if (options.for !== undefined) return utcMs(Date.now() + durationMs('--for', options.for));
  return options.until === undefined ? null : at.moment('--until', options.until, 'future');
}

const revealedHeaders = (terminal: Terminal, { id, headers }: Endpoint) =>
  Promise.all(
    headers.map(async ({ name }) => ({
      name,
      value: (await terminal.client.call('endpoints.revealHeader', { id, name })).value,
    })),
  );

/** As it is written: a receiver is to get these bytes. */
async function dataObject(terminal: Terminal, body: string): Promise<string> {
  const text = body === '-' ? await inputText(terminal.io) : await valueOrFile('--body', body);
  try {
    JSON.parse(text);
    return text;
  } catch (cause) {
    const found = text.length > 40 ? `${text.slice(0, 40)}…` : text;
    throw new CommandError('bad_input', `--body: expected a JSON object, got "${found}".`, { member: '--body', cause });
  }
}

/** The way out of a refusal for want of a test, as it is written here. */
function namingOverride(thrown: unknown): never {
  if (!(thrown instanceof CommandError) || thrown.code !== 'not_tested') throw thrown;
  throw new CommandError(thrown.code, `${thrown.message} With --override it is switched on all the same.`, {
    cause: thrown,
  });
}
