/** `roost-relay events`, `event` and `story`: what the PMS said. */

import type { Command } from 'commander';
import { utcMs } from '../../../shared/domain.ts';
import { type EventFilter, type EventRow, eventId } from '../../../shared/schemas.ts';
import { deliveryStateSaid, goneSaid } from '../../../shared/told.ts';
import { idGiven } from '../ids.ts';
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
import { block, facts, shown, summaryText, together } from '../output.ts';
import { sourceNamed } from '../source-named.ts';
import type { Runner, Terminal } from '../terminal.ts';

interface EventOptions extends EventFilterOptions, PageOptions {
  readonly source?: readonly string[];
}

export function addEventCommands(program: Command, runner: Runner): void {
  runner.action<EventOptions>(
    withPages(
      withEventFilter(
        program
          .command('events')
          .description('Events as they came, newest first')
          .option('--source <source>', 'id or name; may be repeated', repeated),
      ),
    ),
    async (terminal, options) => {
      const filter = await filterOf(terminal, options);
      const page = await wholePage(options, (at) => terminal.client.call('events.list', { filter, ...at }));
      const at = await terminal.atProperty();
      const rows = page.rows.map((row) => [
        at.time(row.at),
        row.event,
        aboutText(row),
        row.sourceName ?? '',
        deliveriesText(row),
        row.id,
      ]);
      const head = ['TIME', 'EVENT', 'ABOUT', 'SOURCE', 'DELIVERIES', 'ID'];
      terminal.say(page, pageText(terminal, { ...page, head, rows, none: 'No events match.' }));
    },
  );

  runner.action(
    program
      .command('event')
      .description('One event with its deliveries')
      .command('show', { isDefault: true })
      .description('What it says, and where it went')
      .argument('<event>', 'its id, or the one that another Roost Relay sent it under'),
    async (terminal, _options, given = '') => {
      const found = await terminal.client.call('events.get', { id: idGiven('event', eventId, given) });
      const at = await terminal.atProperty();
      const head = facts([
        ['Event', `${found.event} (${found.id})`],
        ['Came', at.time(found.at)],
        ['Happened', at.time(utcMs(Date.parse(found.timestamp)))],
        ['Property', found.propertyId],
        ['PMS id', found.pmsId],
        ['Source', found.sourceName],
        ['About', aboutText(found) || null],
        ['Masked', found.masked === 0 ? null : String(found.masked)],
        ['Hints', found.hints.length === 0 ? null : found.hints.map(at.words).join('; ')],
      ]);
      const rows = found.deliveryRows.map((row) => [row.endpointName, at.state(deliveryStateSaid(row)), row.id]);
      const away = found.keptAway.map(({ name, byHand }) => [
        name,
        byHand ? 'kept from it by a person' : 'kept away by its rules',
        '',
      ]);
      const all = [...rows, ...away];
      const deliveries =
        all.length === 0 ? shown`It went to no endpoint.\n` : terminal.table(['ENDPOINT', 'STATE', 'DELIVERY'], all);
      const gone = goneSaid(found);
      const body = gone === null ? together(shown`\nBody\n`, block(found.body, '  ')) : shown`\n${at.words(gone)}\n`;
      terminal.say(found, together(head, body, shown`\n`, deliveries));
    },
  );

  runner.action(
    program
      .command('story')
      .description('All that happened with a guest or booking, oldest first')
      .argument('<about>', 'an id, or a name'),
    async (terminal, _options, about = '') => {
      const story = await terminal.client.call('events.story', { about });
      const at = await terminal.atProperty();
      const rows = story.events.map((row) => [
        at.time(row.at),
        row.event,
        aboutText(row),
        row.deliveryRows.map((one) => `${one.endpointName}: ${at.state(deliveryStateSaid(one))}`).join(', ') ||
          'no endpoint',
        row.id,
      ]);
      const more = story.complete ? null : shown`\nThere is more than this.\n`;
      const text = together(terminal.table(['TIME', 'EVENT', 'ABOUT', 'WHERE IT WENT', 'ID'], rows), more);
      terminal.say(story, rows.length === 0 ? shown`Nothing is known of "${about}".\n` : text);
    },
  );
}

const aboutText = ({ summary, entity, gone }: Pick<EventRow, 'summary' | 'entity' | 'gone'>): string =>
  [gone === 'forgotten' ? 'forgotten' : '', summaryText(summary) || (entity?.id ?? '')]
    .filter((part) => part !== '')
    .join(', ');

function deliveriesText({ deliveries }: EventRow): string {
  const { total, delivered, waiting, needsAttention, toBench, heldBack } = deliveries;
  if (total === 0) return 'to no endpoint';
  const rest = [
    waiting > 0 ? `${waiting} waiting` : '',
    needsAttention > 0 ? `${needsAttention} need a person` : '',
    toBench > 0 ? `${toBench} to the test bench` : '',
    heldBack > 0 ? `${heldBack} held back` : '',
  ];
  return [`${delivered} of ${total} delivered`, ...rest.filter((part) => part !== '')].join(', ');
}

async function filterOf(terminal: Terminal, options: EventOptions): Promise<EventFilter> {
  const { source } = options;
  return {
    ...(source === undefined ? {} : { sourceIds: await Promise.all(source.map((one) => sourceNamed(terminal, one))) }),
    ...(await eventFilterOf(terminal, options)),
  };
}
