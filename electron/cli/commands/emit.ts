/** `roost-relay emit`: one event from the arguments, or many as NDJSON from standard input. */
import { open } from 'node:fs/promises';
import { Argument, type Command, Option } from 'commander';
import type { EventId } from '../../../shared/domain.ts';
import { eventTypes, isEventType } from '../../../shared/events.ts';
import { sampleText } from '../../../shared/samples.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { makeDataFolder } from '../../data-folder.ts';
import { emitBody } from '../../engine/control/emit-body.ts';
import { eventText } from '../../engine/intake/event-text.ts';
import { mostEvents } from '../../engine/intake/messages.ts';
import { mostBytes, parseJsonText } from '../../engine/intake/parse.ts';
import { IntakeRefusal } from '../../engine/intake/refusal.ts';
import { writeSpoolFiles } from '../../engine/intake/spool-file.ts';
import { createIdSource } from '../../engine/store/ids.ts';
import { isRunningUnseen, readAnswer } from '../client.ts';
import { CommandError } from '../command-error.ts';
import { eventLines, type NumberedLine } from '../event-lines.ts';
import { namingOption } from '../member-options.ts';
import { lines, plural, shown } from '../output.ts';
import { inputText, type Runner, type Terminal, valueOrFile } from '../terminal.ts';

interface EmitOptions {
  readonly payload?: string;
  readonly id?: string;
  readonly timestamp?: string;
  readonly property?: string;
  readonly sample?: boolean;
  readonly file?: string;
}

interface Emitted {
  readonly id: EventId;
  readonly duplicate: boolean;
  readonly masked: number;
  /** It lies in the spool folder: the engine takes it in at its next start. */
  readonly spooled: boolean;
  /** One runs and cannot be reached for the moment: it looks into that folder by itself. */
  readonly running?: true;
}

export function addEmitCommand(program: Command, runner: Runner): void {
  const command = program
    .command('emit')
    .description('Hand in an event as a PMS would; without an event, NDJSON from standard input')
    .addArgument(new Argument('[event]', `one of ${eventTypes.join(', ')}`))
    .option('--payload <@file, JSON or ->', "the event's data")
    .option('--id <id>', "the PMS's own id: the same id is stored once")
    .option('--timestamp <ISO 8601>', 'when it happened; now unless given')
    .option('--property <id>', 'the property')
    .addOption(
      new Option('--file <file>', 'NDJSON from this file').conflicts([
        'payload',
        'id',
        'timestamp',
        'property',
        'sample',
      ]),
    )
    .option('--sample', "print a sample of this event's data, to be changed and given with --payload");
  runner.action<EmitOptions>(
    command,
    async (terminal, options, event) => {
      if (options.sample === true) return printSample(terminal, event);
      if (options.file !== undefined) return emitFile(terminal, options.file, event);
      if (event === undefined || event === '-') return emitLines(terminal, terminal.io.input);
      const dataText = await dataOf(terminal, options.payload);
      const { id, timestamp, property } = options;
      const one = async () => {
        const text = taken(() => eventText({ event, dataText, id, timestamp, propertyId: property }));
        return hand(terminal, [{ number: 1, text }]);
      };
      const [emitted] = await one().catch((error: unknown) => {
        throw namingOption(error, command, { data: '--payload' });
      });
      if (emitted) terminal.say(emitted, shown`${sentenceOf(emitted, property !== undefined)}\n`);
    },
    { folderFault: 'store_unavailable', members: null },
  );
}

/** Nothing is handed in: it would go to receivers as if it had happened. */
function printSample(terminal: Terminal, event: string | undefined): void {
  if (event === undefined || !isEventType(event)) {
    const found = event === undefined ? 'it is missing' : `got "${event}"`;
    const message = `event: expected one of ${eventTypes.join(', ')}; ${found}.`;
    throw new CommandError('bad_input', message, { member: 'event' });
  }
  const text = sampleText(event, true);
  terminal.say(JSON.parse(text), lines(`${text}\n`));
}

async function dataOf(terminal: Terminal, given: string | undefined): Promise<string> {
  const bad = (found: string) =>
    new CommandError('bad_input', `--payload: expected @file, JSON, or - for standard input; ${found}.`, {
      member: '--payload',
    });
  if (given === undefined) throw bad('it is missing');
  if (given === '-') {
    const text = await inputText(terminal.io);
    if (text.trim() === '') throw bad('standard input is empty');
    return text;
  }
  if (!/^[@{["]/.test(given.trimStart())) throw bad(`got "${given.slice(0, 40)}"`);
  return valueOrFile('--payload', given);
}

const takenSoon = 'Roost Relay runs, but cannot be reached for the moment.';

/** Without a property of its own it depends on the settings, which nobody can read now. */
function sentenceOf({ id, duplicate, masked, spooled, running }: Emitted, hasProperty: boolean): string {
  if (running) return `${id}: ${takenSoon} The event is safe and is taken in within 15 seconds.`;
  const ifNamed = hasProperty ? '' : ' if the settings name a property by then; else give one with --property';
  if (spooled) return `${id}: Roost Relay is not running. The event is safe and goes in at its next start${ifNamed}.`;
  const cards =
    masked === 0 ? '' : ` ${plural(masked, 'card number or card secret', 'card numbers and card secrets')} masked.`;
  return duplicate ? `${id}: it came before, and was not stored again.` : `${id}: stored.${cards}`;
}

async function emitFile(terminal: Terminal, file: string, event: string | undefined): Promise<void> {
  if (event !== undefined) {
    throw new CommandError('bad_input', `--file: its lines say which events they are; got "${event}" beside it.`, {
      member: '--file',
    });
  }
  const handle = await open(file).catch((error: unknown) => {
    throw new CommandError('bad_input', `--file: ${file} cannot be read.`, {
      ...{ member: '--file', detail: String(error), cause: error },
    });
  });
  await emitLines(terminal, handle.createReadStream(), file);
}

/** @param from the file, where it is not standard input */
async function emitLines(
  terminal: Terminal,
  input: Terminal['io']['input'],
  from: string | null = null,
): Promise<void> {
  if (from === null && terminal.io.inputIsTerminal) {
    const example = terminal.command('emit', 'booking.created', '--payload', '{"booking_id":"bk_1"}');
    throw new CommandError('bad_input', `emit: give an event, such as ${example}, or NDJSON on standard input.`, {
      member: 'event',
    });
  }
  let runs = false;
  const totals = { accepted: 0, duplicates: 0, masked: 0, spooled: 0 };
  try {
    for await (const batch of batches(input)) {
      for (const { duplicate, masked, spooled, running = false } of await hand(terminal, batch)) {
        runs = running;
        if (duplicate) totals.duplicates += 1;
        else totals.accepted += 1;
        if (spooled) totals.spooled += 1;
        totals.masked += masked;
      }
    }
  } catch (error) {
    throw afterOthers(error, totals.accepted + totals.duplicates);
  }
  if (totals.accepted + totals.duplicates === 0) {
    const what = from === null ? 'standard input' : from;
    throw new CommandError('bad_input', `emit: ${what} is empty; expected one event as JSON in each line.`, {
      member: from === null ? 'event' : '--file',
    });
  }
  const spooled =
    totals.spooled === 0
      ? ''
      : runs
        ? ` ${takenSoon} ${plural(totals.spooled, 'event')} spooled; taken in within 15 seconds.`
        : ` Roost Relay is not running; ${plural(totals.spooled, 'event')} spooled for its next start.`;
  const duplicates = totals.duplicates === 0 ? '' : ` ${plural(totals.duplicates, 'event')} came before.`;
  terminal.say(totals, shown`${plural(totals.accepted, 'event')} taken.${duplicates}${spooled}\n`);
}

/** Says what of the input is stored already, so that nobody hands it in twice. */
function afterOthers(error: unknown, taken: number): unknown {
  if (!(error instanceof CommandError)) return error;
  const detail = taken === 0 ? 'none of these lines was taken' : `the first ${plural(taken, 'event')} taken already`;
  const { code, message, member } = error;
  const said = error.detail === undefined ? detail : `${error.detail}; ${detail}`;
  return new CommandError(code, message, { detail: said, cause: error, ...(member === undefined ? {} : { member }) });
}

/** As many lines as one request takes. */
async function* batches(input: Terminal['io']['input']): AsyncGenerator<readonly NumberedLine[]> {
  let batch: NumberedLine[] = [];
  let sizeBytes = 0;
  for await (const line of eventLines(input)) {
    const lineBytes = Buffer.byteLength(line.text) + 1;
    if (batch.length === mostEvents || (batch.length > 0 && sizeBytes + lineBytes > mostBytes)) {
      yield batch;
      batch = [];
      sizeBytes = 0;
    }
    batch.push(line);
    sizeBytes += lineBytes;
  }
  if (batch.length > 0) yield batch;
}

/** It does not run, or hangs. The ids make it safe to spool what it may have taken. */
const isAway: ReadonlySet<string> = new Set(['engine_not_running', 'timed_out']);

/** To the engine, or into the spool folder where it is not running. */
async function hand(terminal: Terminal, lines: readonly NumberedLine[]): Promise<readonly Emitted[]> {
  for (const line of lines) refuseBadLine(line, lines.length > 1);
  const ids = createIdSource();
  const handedOverAt = Date.now();
  const events = lines.map(({ text }) => ({ id: ids.event(handedOverAt), text }));
  try {
    return await toEngine(terminal, events);
  } catch (error) {
    if (error instanceof CommandError && error.code === 'not_allowed') throw notKept(error, events.length);
    if (!(error instanceof CommandError) || !isAway.has(error.code)) throw withWayOut(terminal, error);
    await spool(terminal.folder, handedOverAt, events);
    return events.map(({ id }) => ({
      id,
      duplicate: false,
      masked: 0,
      spooled: true,
      ...(isRunningUnseen(error) ? { running: true } : {}),
    }));
  }
}

/** To whoever hands in it counts that nothing is stored, whatever it is that nobody may see. */
const notKept = ({ message, detail }: CommandError, events: number): CommandError =>
  new CommandError('store_unavailable', `${message} ${events === 1 ? 'The event was' : 'The events were'} not kept.`, {
    ...(detail === undefined ? {} : { detail }),
  });

interface EventToHand {
  /** Chosen before it is sent: the engine may store it and go away before it says so. */
  readonly id: EventId;
  readonly text: string;
}

/** Who is without a property has two ways out of it here. */
function withWayOut({ command }: Terminal, error: unknown): unknown {
  if (!(error instanceof CommandError) || error.member?.endsWith('property_id') !== true) return error;
  const detail = `give --property ID here, or for all events: ${command('settings', 'set', '--property', 'ID')}`;
  return new CommandError(error.code, error.message, { member: error.member, detail, cause: error });
}

async function toEngine({ client }: Terminal, events: readonly EventToHand[]): Promise<readonly Emitted[]> {
  const texts = events.map(({ text }) => text);
  const body = emitBody(
    events.map(({ id }) => id),
    texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(',')}]`,
  );
  const response = await client.post('emit', body);
  const accepted = await readAnswer<readonly Omit<Emitted, 'spooled'>[]>(response);
  return accepted.map((event) => ({ ...event, spooled: false }));
}

async function spool(folder: string, spooledAtMs: number, events: readonly EventToHand[]): Promise<void> {
  try {
    makeDataFolder(folder);
    await writeSpoolFiles(
      folder,
      events.map((event) => ({ ...event, spooledAtMs })),
    );
  } catch (cause) {
    const what = events.length === 1 ? 'the event' : 'the events';
    throw new CommandError('store_unavailable', `Roost Relay is not running, and ${what} could not be kept for it.`, {
      detail: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}

function refuseBadLine({ number, text }: NumberedLine, many: boolean): void {
  taken(
    () => {
      if (parseJsonText(text).form === 'one') return;
      throw new IntakeRefusal(400, 'bad_member', sentence('refusal.one_event'));
    },
    many ? `Line ${number}: ` : '',
  );
}

/** What is refused before it is handed over is an error of the command. */
function taken<Value>(work: () => Value, where = ''): Value {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof IntakeRefusal)) throw error;
    const more = error.member === undefined ? {} : { member: error.member };
    throw new CommandError('bad_input', `${where}${error.message}`, { ...more, cause: error });
  }
}
