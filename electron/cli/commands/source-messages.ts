/** `roost-relay source messages, preview, retake …`: what a source sends, what becomes of it, and what is kept. */
import { type Command, Option } from 'commander';
import { isHeldBack } from '../../../shared/conditions/source-away.ts';
import type { SourceId } from '../../../shared/domain.ts';
import type { MessagePreview, SourceMessageView, TakenMessages } from '../../../shared/schemas.ts';
import type { AtProperty } from '../at-property.ts';
import { CommandError } from '../command-error.ts';
import { block, facts, plural, type Shown, shown, together } from '../output.ts';
import { sourceNamed } from '../source-named.ts';
import { shapingGiven, sourceMembers, type TypedShaping, withShaping } from '../source-options.ts';
import { inputText, type Runner, type Terminal, valueOrFile } from '../terminal.ts';

export function addSourceMessageCommands(source: Command, runner: Runner): void {
  runner.action<{ kept?: boolean }>(
    source
      .command('messages')
      .description('Its last messages as they came, and what became of them')
      .argument('<source>', 'id or name')
      .option('--kept', 'those alone that are kept, oldest first'),
    async (terminal, { kept = false }, given = '') => {
      const id = await sourceNamed(terminal, given);
      const found = await terminal.client.call('sources.messages', { id, keptOnly: kept, limit: kept ? 500 : 50 });
      const at = await terminal.atProperty();
      const rows = found.map((row) => [
        String(row.id),
        at.time(row.at),
        row.state,
        row.origin,
        row.trouble === null ? oneLine(row.raw) : whyText(row.trouble, at),
      ]);
      const none = kept ? shown`Nothing is kept.\n` : shown`Nothing has come yet.\n`;
      terminal.say(
        found,
        rows.length === 0 ? none : terminal.table(['NUMBER', 'TIME', 'STATE', 'FROM', 'WHAT CAME, OR WHY'], rows),
      );
    },
  );

  runner.action(
    source.command('message').description('One message, whole').argument('<number>', 'as "source messages" shows it'),
    async (terminal, _options, given = '') => {
      const found = await terminal.client.call('messages.get', { id: numberOf(given) });
      const take = terminal.command('source', 'take', given, '--body', '@mended.json');
      terminal.say(found, wholeText(found, await terminal.atProperty(), take));
    },
  );

  runner.action<TypedShaping & { last?: string }>(
    withShaping(
      source
        .command('preview')
        .description('What its last messages become, by its shape or by another that is tried; nothing is stored')
        .argument('<source>', 'id or name')
        .option('--last <count>', 'of so many, 1 to 50', '5'),
    ),
    async (terminal, options, given = '') => {
      const { last = '5' } = options;
      if (!/^(?:[1-9]|[1-4]\d|50)$/.test(last)) {
        throw new CommandError('bad_input', `--last: expected 1 to 50, got "${last}".`, { member: '--last' });
      }
      const id = await sourceNamed(terminal, given);
      const before = (await terminal.client.call('sources.list', { revoked: true })).find((one) => one.id === id);
      const found = await terminal.client.call('sources.preview', {
        id,
        limit: Number(last),
        ...(await shapingGiven(options, before?.shaping)),
      });
      const at = await terminal.atProperty();
      const none = shown`Nothing has come yet: let the system send something, and look again.\n`;
      terminal.say(found, found.length === 0 ? none : together(...found.map((one) => previewText(one, at))));
    },
    { members: sourceMembers },
  );

  runner.action<{ yes?: boolean }>(
    source
      .command('retake')
      .description('Take in what is kept, oldest first, now that its shape is mended')
      .argument('<source>', 'id or name')
      .option('--yes', 'do it; without, only what would become of it is said'),
    async (terminal, { yes = false }, given = '') => {
      const id = await sourceNamed(terminal, given);
      const at = await terminal.atProperty();
      if (!yes) {
        const would = await terminal.client.call('sources.tryKept', { id });
        const next =
          would.taken + would.ignored === 0
            ? null
            : shown`Nothing was taken in yet. Take them in: ${terminal.sameWith('--yes')}\n`;
        return terminal.say(would, together(sumText(would, at, 'would'), next));
      }
      const taken = await terminal.client.call('sources.takeKept', { id });
      terminal.say(taken, sumText(taken, at, 'done'));
    },
  );

  runner.action<{ body?: string }>(
    source
      .command('take')
      .description('Take one kept message in, as it is or as you mended it')
      .argument('<number>', 'as "source messages" shows it')
      .option('--body <@file, JSON or ->', 'the mended message; without it the one that is kept'),
    async (terminal, { body: asked }, given = '') => {
      const body =
        asked === undefined
          ? undefined
          : asked === '-'
            ? await inputText(terminal.io)
            : await valueOrFile('--body', asked);
      const { events, ignored } = await terminal.client.call('messages.retry', {
        id: numberOf(given),
        ...(body === undefined ? {} : { body }),
      });
      const at = await terminal.atProperty();
      const text =
        ignored === null
          ? shown`Taken in: ${plural(events.length, 'event')}. ${events.join(', ')}\n`
          : shown`Ignored. ${at.words(ignored)}\n`;
      terminal.say({ events, ignored }, text);
    },
  );

  runner.action<{ message?: string; files?: boolean; yes?: boolean }>(
    source
      .command('drop')
      .description('Let kept messages go: nothing becomes of them')
      .argument('<source>', 'id or name')
      .option('--message <number>', 'this one alone')
      .option('--files', 'its unread files instead, once it is revoked: they are seen to, and told of no more')
      .option('--yes', 'do it; without, only how many there are is said'),
    async (terminal, { message, files = false, yes = false }, given = '') => {
      const id = await sourceNamed(terminal, given);
      if (files) return dropFiles(terminal, id, yes);
      const kept = await terminal.client.call('sources.messages', { id, keptOnly: true, limit: 500 });
      const one = message === undefined ? null : numberOf(message, '--message');
      if (one !== null && !kept.some((row) => row.id === one)) {
        const text = `--message: ${one} is not among what is kept of "${given}".`;
        throw new CommandError('not_found', text, { member: '--message' });
      }
      const count = one === null ? kept.length : 1;
      if (!yes || count === 0) {
        const next = count === 0 ? null : shown`Nothing was dropped yet. Drop: ${terminal.sameWith('--yes')}\n`;
        const most = count >= 500 ? ' or more' : '';
        return terminal.say(
          { dropped: 0, kept: count },
          together(shown`${plural(count, 'message')}${most} kept.\n`, next),
        );
      }
      const { dropped } = await terminal.client.call('messages.drop', one === null ? { sourceId: id } : { id: one });
      terminal.say({ dropped }, shown`${plural(dropped, 'message')} dropped.\n`);
    },
  );

  runner.action<{ yes?: boolean; keep?: boolean }>(
    source
      .command('gone')
      .description('Whether rows of a watched table that went all at once are really gone')
      .argument('<source>', 'id or name')
      .option('--yes', 'they are: they are told at once')
      .addOption(new Option('--keep', 'they are not: nothing is told until they are there again').conflicts('yes')),
    async (terminal, { yes = false, keep = false }, given = '') => {
      const id = await sourceNamed(terminal, given);
      if (!yes && !keep) {
        const found =
          (await terminal.client.call('sources.list', {})).find((one) => one.id === id)?.health.away ?? null;
        const held = found !== null && isHeldBack(found.says) ? found : null;
        if (held === null) return terminal.say({ held: null }, shown`No rows of it are held as gone at once.\n`);
        const at = await terminal.atProperty();
        return terminal.say(
          { held },
          shown`${at.words(held.says)}\nThey are gone: ${terminal.sameWith('--yes')}\nKeep them: ${terminal.sameWith('--keep')}\n`,
        );
      }
      const became = await terminal.client.call('sources.sayGone', { id, gone: yes });
      const text = yes
        ? 'They are told as gone.'
        : 'They are kept: nothing of them is told until they are there again.';
      terminal.say(became, shown`${text}\n`);
    },
  );
}

async function dropFiles(terminal: Terminal, id: SourceId, yes: boolean): Promise<void> {
  if (yes) {
    const { dropped } = await terminal.client.call('sources.dropFiles', { id });
    return terminal.say({ dropped }, shown`${plural(dropped, 'unread file')} told of no more.\n`);
  }
  const sources = await terminal.client.call('sources.list', { revoked: true });
  const count = sources.find((one) => one.id === id)?.health.files?.rejected?.count ?? 0;
  const next = count === 0 ? null : shown`Nothing was dropped yet. Drop: ${terminal.sameWith('--yes')}\n`;
  terminal.say({ dropped: 0, files: count }, together(shown`${plural(count, 'unread file')} of it.\n`, next));
}

function numberOf(text: string, member = 'number'): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const message = `${member}: expected the number that "source messages" shows, got "${text}".`;
  throw new CommandError('bad_input', message, { member });
}

const longestLine = 100;
const oneLine = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > longestLine ? `${line.slice(0, longestLine)}…` : line;
};

type Trouble = NonNullable<SourceMessageView['trouble']>;

/** "Line 3, column 12 of the shape: …" */
function whyText({ says, line, column }: Trouble, at: AtProperty): string {
  const place = line === null ? '' : `line ${line}, column ${column} of the shape: `;
  return `${place}${at.words(says)}`;
}

function wholeText(message: SourceMessageView, at: AtProperty, take: string): Shown {
  const { trouble, events, state, origin, settledAt, raw } = message;
  const head = facts([
    ['Came', at.time(message.at)],
    ['From', origin || null],
    ['State', state],
    ['Why', trouble && whyText(trouble, at)],
    ['Events', events.join(', ') || null],
    ['Settled', settledAt === null ? null : at.time(settledAt)],
  ]);
  return together(
    head,
    shown`\n`,
    block(raw, '  '),
    state === 'kept' ? shown`\nMend it and take it in: ${take}\n` : null,
  );
}

function previewText(preview: MessagePreview, at: AtProperty): Shown {
  const { id, raw, isCut, made, why, outcome, origin } = preview;
  const head = shown`${id}  ${at.time(preview.at)}${origin === '' ? '' : `  ${origin}`}\n`;
  const became =
    why === null
      ? together(
          ...made.map(({ body, id: key, hints }) =>
            together(
              shown`  becomes${key === null ? '' : ` (id ${key})`}\n`,
              block(body, '    '),
              ...hints.map((hint) => shown`    ${at.words(hint)}\n`),
            ),
          ),
        )
      : outcome === null
        ? shown`  ${whyText(why, at)}\n`
        : shown`  ${outcome === 'ignored' ? 'is ignored' : 'cannot be understood'}: ${whyText(why, at)}\n`;
  return together(head, block(`${raw}${isCut ? '…' : ''}`, '    '), became, shown`\n`);
}

function sumText(sum: TakenMessages, at: AtProperty, tense: 'would' | 'done'): Shown {
  const { taken, ignored, duplicates, kept, events, troubles } = sum;
  const word = (would: string, done: string): string => (tense === 'would' ? would : done);
  const head = facts([
    [word('Would be taken in', 'Taken in'), `${plural(taken, 'message')}, ${plural(events, 'event')}`],
    [word('Would be ignored', 'Ignored'), ignored === 0 ? null : plural(ignored, 'message')],
    ['Known already', duplicates === 0 ? null : plural(duplicates, 'message')],
    [word('Would stay', 'Still kept'), plural(kept, 'message')],
  ]);
  const shownTroubles = troubles.slice(0, 5);
  return together(
    head,
    ...shownTroubles.map((trouble) => shown`  ${trouble.reference}: ${whyText(trouble, at)}\n`),
    troubles.length > shownTroubles.length ? shown`  and more: source messages --kept\n` : null,
  );
}

/** Of one that was set up by a preset: what is to be done in the system itself. */
export function stepsText(steps: readonly string[], { command }: Terminal, name: string): Shown {
  const look = command('source', 'preview', name);
  return together(
    shown`\nIn the system itself:\n`,
    ...steps.map((step, i) => shown`  ${i + 1}. ${step}\n`),
    shown`Then see what comes and what it becomes: ${look}\n`,
  );
}
