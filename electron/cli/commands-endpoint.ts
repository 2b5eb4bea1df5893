/** `roost-relay endpoint …`: where events go. */
import type { Command } from 'commander';
import { type EndpointId, type UtcMs, utcMs } from '../../shared/domain.ts';
import { type EventType, eventTypes, isEventType } from '../../shared/events.ts';
import type { Endpoint } from '../../shared/schemas.ts';
import { CommandError } from './command-error.ts';
import { durationMs, moment } from './duration.ts';
import { endpointText, testText } from './endpoint-text.ts';
import { exitCodes } from './io.ts';
import { type Facts, localTime, localTimeOr, plural, table } from './output.ts';
import { fileText, inputText, type Runner, type Shell, valueOrFile } from './shell.ts';

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

interface EndpointOptions {
  readonly url?: string;
  readonly events?: readonly string[];
  readonly description?: string;
  readonly header?: readonly string[];
  readonly secret?: string;
  readonly caFile?: string;
  readonly inFlight?: string;
  readonly perSecond?: string;
  readonly unordered?: boolean;
}

export function addEndpointCommands(program: Command, runner: Runner): void {
  const endpoint = program.command('endpoint').description('Where events go');
  const named = (name: string, description: string): Command =>
    endpoint.command(name).description(description).argument('<endpoint>', 'id, or its description or host');

  runner.action<EndpointOptions>(
    endpoint
      .command('add')
      .description('A new endpoint, as a draft: test it, then enable it')
      .requiredOption('--url <https url>', 'the address')
      .option(
        '--events <types>',
        'such as booking.created,booking.updated or booking.*; all nine unless given',
        collect,
      )
      .option('--description <text>', 'what people call it')
      .option('--header <name: value>', 'a header of your own; may be repeated', collect)
      .option('--secret <text or @file>', 'your own signing secret; one is made unless given')
      .option('--ca-file <pem>', 'the CA or certificate that this endpoint alone is trusted by')
      .option('--in-flight <n>', 'requests at the same time (5)')
      .option('--per-second <n>', 'requests a second (10)')
      .option('--unordered', 'keep no order per booking'),
    async ({ client, say }, options) => {
      const added = await client.call('endpoints.add', { endpoint: await draftOf(options) });
      const next = `Next: roost-relay endpoint test ${added.endpoint.id}, then enable it.\n`;
      say(
        { ...added.endpoint, secret: added.secret },
        `${endpointText(added.endpoint, [['Secret', added.secret]])}\nIt is a draft and gets no events yet. ${next}`,
      );
    },
  );

  runner.action<{ removed?: boolean }>(
    endpoint.command('list').description('All endpoints').option('--removed', 'those that were removed too'),
    async ({ client, say }, { removed = false }) => {
      const endpoints = await client.call('endpoints.list', { removed });
      const rows = endpoints.map((row) => [
        row.name,
        row.id,
        row.switch === 'removed' ? 'removed' : row.state,
        String(row.waiting),
        String(row.needsAttention),
        row.lastAnswer === null
          ? 'none yet'
          : `${row.lastAnswer.status ?? 'no answer'}, ${localTime(row.lastAnswer.at)}`,
        row.address,
      ]);
      const text = table(['NAME', 'ID', 'STATE', 'WAITING', 'ATTENTION', 'LAST ANSWER', 'ADDRESS'], rows);
      say(endpoints, endpoints.length === 0 ? 'No endpoints yet. Add one: roost-relay endpoint add --url …\n' : text);
    },
  );

  runner.action<{ reveal?: boolean }>(
    named('show', 'One endpoint').option('--reveal', 'its address and secret in full; this is recorded'),
    async (shell, { reveal }, given = '') => {
      const shown = await endpointNamed(shell, given);
      if (!reveal) return shell.say(shown, endpointText(shown));
      const { url } = await shell.client.call('endpoints.revealAddress', { id: shown.id });
      const { secret, next } = await shell.client.call('endpoints.revealSecret', { id: shown.id });
      const more: Facts = [
        ['Address', url],
        ['Secret', secret],
        ['New secret', next],
      ];
      shell.say({ ...shown, url, secret, nextSecret: next }, endpointText(shown, more));
    },
  );

  runner.action<{ event?: string; body?: string; next?: boolean }>(
    named('test', 'Sends a sample event, marked as a test')
      .option('--event <type>', 'which; the first one subscribed to unless given')
      .option('--body <@file or JSON>', 'the data to send instead of the sample')
      .option('--next', 'signed with the next secret of a rotation'),
    async (shell, { event, body, next = false }, given = '') => {
      const { id, name } = await endpointNamed(shell, given);
      const data = body === undefined ? undefined : await dataObject(shell, body);
      const result = await shell.client.call('endpoints.test', {
        id,
        next,
        ...(event === undefined ? {} : { event: knownEvents([event], '--event')[0] }),
        ...(data === undefined ? {} : { data }),
      });
      shell.say(result, testText(name, result));
      if (!result.ok) shell.exitWith(exitCodes.failed);
    },
  );

  runner.action<{ override?: boolean }>(
    named('enable', 'It gets events from now on').option('--override', 'although no test send has succeeded'),
    async (shell, { override = false }, given = '') => {
      const { id } = await endpointNamed(shell, given);
      const enabled = await shell.client.call('endpoints.enable', { id, override });
      shell.say(enabled, `${enabled.name} is on.\n`);
    },
  );

  runner.action<{ for?: string; until?: string }>(
    named('pause', 'Its events wait until it is resumed')
      .option('--for <time>', 'such as 30m or 2h')
      .option('--until <time>', 'such as "2026-11-24 07:00"'),
    async (shell, options, given = '') => {
      const { id } = await endpointNamed(shell, given);
      const paused = await shell.client.call('endpoints.pause', { id, until: untilOf(options) });
      const until = paused.pausedUntil === null ? 'until it is resumed' : `until ${localTime(paused.pausedUntil)}`;
      shell.say(paused, `${paused.name} is paused ${until}. Its events go on queueing.\n`);
    },
  );

  runner.action(named('resume', 'Ends a pause'), async (shell, _options, given = '') => {
    const { id } = await endpointNamed(shell, given);
    const resumed = await shell.client.call('endpoints.resume', { id });
    shell.say(resumed, `${resumed.name} is on. ${plural(resumed.waiting, 'event')} waiting for it.\n`);
  });

  runner.action(
    named('remove', 'Its waiting deliveries are cancelled; restore undoes it'),
    async (shell, _options, given = '') => {
      const { id, name } = await endpointNamed(shell, given);
      const { cancelled } = await shell.client.call('endpoints.remove', { id });
      shell.say(
        { id, cancelled },
        `${name} was removed; ${plural(cancelled, 'waiting delivery', 'waiting deliveries')} cancelled.\nUndo: roost-relay endpoint restore ${id}\n`,
      );
    },
  );

  runner.action(
    named('restore', 'Brings a removed endpoint and its deliveries back'),
    async (shell, _options, given = '') => {
      const { id } = await endpointNamed(shell, given, 'removed');
      const restored = await shell.client.call('endpoints.restore', { id });
      shell.say(restored, `${restored.name} is back. ${plural(restored.waiting, 'event')} waiting for it.\n`);
    },
  );

  runner.action(named('try-now', 'Sends its oldest waiting delivery now'), async (shell, _options, given = '') => {
    const { id } = await endpointNamed(shell, given);
    const tried = await shell.client.call('endpoints.tryNow', { id });
    shell.say(tried, endpointText(tried));
  });

  runner.action<{ secret?: string; overlap?: string; finish?: boolean; cancel?: boolean }>(
    named('rotate', 'A new secret, beside the old one for a while')
      .option('--secret <text or @file>', 'your own; one is made unless given')
      .option('--overlap <time>', 'how long both are sent; 24h unless given')
      .option('--finish', 'switch to the new secret now')
      .option('--cancel', 'keep the old secret'),
    async (shell, { secret, overlap, finish, cancel }, given = '') => {
      const { id } = await endpointNamed(shell, given);
      if (finish || cancel) {
        const ended = await shell.client.call(finish ? 'endpoints.finishRotation' : 'endpoints.cancelRotation', { id });
        return shell.say(
          ended,
          `${ended.name} is signed with its ${finish ? 'new' : 'old'} secret (…${ended.secretTail}).\n`,
        );
      }
      const rotated = await shell.client.call('endpoints.rotate', {
        id,
        ...(secret === undefined ? {} : { secret: await valueOrFile('--secret', secret) }),
        ...(overlap === undefined ? {} : { overlapMs: durationMs('--overlap', overlap) }),
      });
      const ends = localTimeOr(rotated.endpoint.rotation?.endsAt ?? null, 'now');
      shell.say(
        { ...rotated.endpoint, secret: rotated.secret },
        `New secret  ${rotated.secret}\n\nGive it to the receiver. Both are sent until ${ends}; then, or with --finish, only the new one.\nTest it: roost-relay endpoint test ${id} --next\n`,
      );
    },
  );
}

async function draftOf(options: EndpointOptions) {
  const { url = '', description, header = [], secret, caFile, inFlight, perSecond } = options;
  return {
    url,
    events: knownEvents(options.events ?? ['*']),
    headers: header.map(headerOf),
    ordered: !options.unordered,
    limits: { inFlight: numberOf('--in-flight', inFlight, 5), perSecond: numberOf('--per-second', perSecond, 10) },
    ...(description === undefined ? {} : { description }),
    ...(secret === undefined ? {} : { secret: await valueOrFile('--secret', secret) }),
    ...(caFile === undefined ? {} : { caPem: await fileText('--ca-file', caFile) }),
  };
}

function numberOf(option: string, text: string | undefined, otherwise: number): number {
  const number = text === undefined ? otherwise : Number(text);
  if (Number.isFinite(number) && number > 0) return number;
  throw new CommandError('bad_input', `${option}: expected a number, got "${text}".`, { member: option });
}

function headerOf(text: string): { name: string; value: string } {
  const colon = text.indexOf(':');
  if (colon < 1) {
    throw new CommandError('bad_input', `--header: expected "Name: value", got "${text.slice(0, 40)}".`, {
      member: '--header',
    });
  }
  return { name: text.slice(0, colon).trim(), value: text.slice(colon + 1).trim() };
}

/** Names, lists with commas, and patterns such as `booking.*`. */
export function knownEvents(given: readonly string[], option = '--events'): EventType[] {
  const chosen = given
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .flatMap((text): readonly EventType[] => {
      if (text === '*' || text === 'all') return eventTypes;
      if (text.endsWith('.*')) return eventTypes.filter((type) => type.startsWith(text.slice(0, -1)));
      return isEventType(text) ? [text] : [];
    });
  const unknown = given.flatMap((text) => text.split(',')).find((text) => !isKnownPattern(text.trim()));
  if (unknown !== undefined || chosen.length === 0) {
    const message = `${option}: "${unknown ?? ''}" is not an event. Expected one of ${eventTypes.join(', ')}.`;
    throw new CommandError('bad_input', message, { member: option });
  }
  return [...new Set(chosen)];
}

const isKnownPattern = (text: string): boolean =>
  text === '' ||
  text === '*' ||
  text === 'all' ||
  isEventType(text) ||
  (text.endsWith('.*') && eventTypes.some((type) => type.startsWith(text.slice(0, -1))));

function untilOf(options: { for?: string; until?: string }): UtcMs | null {
  if (options.for !== undefined) return utcMs(Date.now() + durationMs('--for', options.for));
  return options.until === undefined ? null : moment('--until', options.until, Date.now());
}

async function dataObject(shell: Shell, body: string): Promise<Record<string, unknown>> {
  const text = body === '-' ? await inputText(shell.io) : await valueOrFile('--body', body);
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (cause) {
    throw new CommandError('bad_input', '--body: not valid JSON.', { member: '--body', cause });
  }
}

/** By id, or by a description or host that only one has. `either`: a removed one where no other is called so. */
async function endpointNamed(
  { client }: Shell,
  given: string,
  among: 'present' | 'removed' | 'either' = 'present',
): Promise<Endpoint> {
  const endpoints = await client.call('endpoints.list', { removed: among !== 'present' });
  const all = endpoints.filter(({ id, name, host }) => id === given || name === given || host === given);
  const first = all.filter((one) => (one.switch === 'removed') === (among === 'removed'));
  const found = first.length > 0 ? first : all;
  if (found.length === 1 && found[0]) return found[0];
  if (found.length > 1) {
    throw new CommandError('bad_input', `Several endpoints match "${given}". Give the id.`, { member: 'endpoint' });
  }
  throw new CommandError('not_found', `There is no endpoint "${given}".`, { member: 'endpoint' });
}

export const endpointIdsOf = async (shell: Shell, given: readonly string[]): Promise<EndpointId[]> =>
  Promise.all(given.map(async (one) => (await endpointNamed(shell, one, 'either')).id));
