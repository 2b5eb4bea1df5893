/** `roost-relay refusal …`: one refused request, whole; mended, it is taken in after all. */
import type { Command } from 'commander';
import type { WholeRefusal } from '../../../shared/schemas.ts';
import type { AtProperty } from '../at-property.ts';
import { CommandError } from '../command-error.ts';
import { block, facts, plural, type Shown, shown, together } from '../output.ts';
import { sourceNames } from '../source-named.ts';
import { inputText, type Runner, valueOrFile } from '../terminal.ts';

export function addRefusalCommands(program: Command, runner: Runner): void {
  const refusal = program.command('refusal').description('What was refused: look at it, mend it, take it in');
  runner.action(
    refusal
      .command('show')
      .description('All that is kept of it: when, from where, its headers and its body')
      .argument('<number>', 'as "source refusals" shows it'),
    async (terminal, _options, given = '') => {
      const found = await terminal.client.call('refusals.get', { id: numberOf(given) });
      const mend = terminal.command('refusal', 'retry', given, '--body', '@mended.json');
      const source =
        found.sourceId === null ? null : ((await sourceNames(terminal)).get(found.sourceId) ?? found.sourceId);
      terminal.say(found, wholeText(found, source, await terminal.atProperty(), mend));
    },
  );

  runner.action<{ body?: string }>(
    refusal
      .command('retry')
      .description("Take its events in as its source's, once")
      .argument('<number>', 'as "source refusals" shows it')
      .option('--body <@file, JSON or ->', 'the mended body; without it the one that was kept'),
    async (terminal, { body: asked }, given = '') => {
      const body =
        asked === undefined
          ? undefined
          : asked === '-'
            ? await inputText(terminal.io)
            : await valueOrFile('--body', asked);
      const taken = await terminal.client.call('refusals.retry', {
        id: numberOf(given),
        ...(body === undefined ? {} : { body }),
      });
      const ids = taken.events.map(({ id, duplicate }) => (duplicate ? `${id} (was there already)` : id)).join(', ');
      terminal.say(taken, shown`Taken in: ${plural(taken.events.length, 'event')}. ${ids}\n`);
    },
  );
}

function numberOf(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const message = `number: expected the number that "source refusals" shows, got "${text}".`;
  throw new CommandError('bad_input', message, { member: 'number' });
}

/** @param source what people call it; null where it is not known */
function wholeText(whole: WholeRefusal, source: string | null, at: AtProperty, mend: string): Shown {
  const { id, status, says, times, takenAt, file, request, body, sizeBytes } = whole;
  const head = facts([
    ['Refused', shown`${at.time(whole.at)}${times > 1 ? `, the last of ${times} times` : ''}`],
    ['Why', shown`${at.words(says)} (${status})`],
    ['File', request === null ? file : null],
    ['Source', source ?? 'not known'],
    ['From', request && request.address !== '' ? request.address : null],
    ['Request', request && `${request.method} ${request.path}`],
    ...Object.entries(request?.headers ?? {}).map(([name, value]) => [name, value] as const),
    ['Taken in', takenAt === null ? null : at.time(takenAt)],
  ]);
  if (body === null) {
    const lies = shown`\nThe file itself lies in "rejected" in the source's folder, with the reason beside it.\n`;
    return together(head, file === null ? shown`\nNothing of its body was kept.\n` : lies);
  }
  const isCut = body.length >= 65_536;
  return together(
    head,
    shown`\nBody (${plural(sizeBytes, 'byte')}${isCut ? ', the beginning of it' : ''}):\n`,
    block(body, '  '),
    takenAt === null ? shown`\nMend it and take it in: ${mend}\nNumber ${id} is taken in once.\n` : null,
  );
}
