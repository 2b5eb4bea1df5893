/** `roost-relay held …`: what is older than its endpoint wants, and waits for a person to say "send" or "skip". */
import type { Command } from 'commander';
import type { CallOutput } from '../../../shared/api.ts';
import { deliveryId, type Endpoint } from '../../../shared/schemas.ts';
import { endpointNamed } from '../endpoint-named.ts';
import { idGiven } from '../ids.ts';
import { plural, type Shown, shown, summaryText, together } from '../output.ts';
import type { Runner, Terminal } from '../terminal.ts';

type HeldRow = CallOutput<'held.list'>['rows'][number];

interface HeldOptions {
  readonly yes?: boolean;
  readonly overtaken?: boolean;
}

export function addHeldCommands(program: Command, runner: Runner): void {
  const held = program.command('held').description('What is too old for its endpoint and waits for your word');
  runner.action(
    held
      .command('list')
      .description('What is held, oldest first')
      .argument('[endpoint]', 'id, or its description or host; of all that hold something unless given'),
    async (terminal, _options, given) => {
      const endpoints =
        given === undefined
          ? (await terminal.client.call('endpoints.list', {})).filter(({ tooOld }) => tooOld !== null)
          : [await endpointNamed(terminal, given)];
      const lists = await Promise.all(
        endpoints.map(({ id: endpointId }) => terminal.client.call('held.list', { endpointId, limit: 500 })),
      );
      const rows = lists.flatMap((list) => list.rows);
      terminal.say({ rows, more: lists.some(({ more }) => more) }, await listText(terminal, endpoints, rows));
    },
  );

  runner.action<HeldOptions>(
    held
      .command('send')
      .description('They go out all the same')
      .argument('<endpoint>', 'id, or its description or host')
      .argument('[deliveries...]', 'their ids, as "held list" shows them; all with --yes')
      .option('--overtaken', 'of all, also where something newer of the same booking has arrived')
      .option('--yes', 'send all that it holds'),
    async (terminal, { yes = false, overtaken = false }, given = '', ...ids) => {
      const endpoint = await endpointNamed(terminal, given);
      const picked = pickedOf(ids);
      if (picked === null && !yes) return askFirst(terminal, endpoint, 'sent');
      const done = await terminal.client.call('held.send', {
        endpointId: endpoint.id,
        overtaken,
        ...(picked === null ? {} : { ids: picked }),
      });
      const left = shown`${plural(done.overtaken, 'event')} stayed: something newer of the same booking, order, item or payment has arrived (--overtaken sends them too).\n`;
      terminal.say(
        done,
        together(
          shown`${plural(done.deliveries, 'event')} for ${endpoint.name} ${done.deliveries === 1 ? 'goes' : 'go'} out, in order.\n`,
          done.overtaken === 0 ? null : left,
        ),
      );
    },
  );

  runner.action<HeldOptions>(
    held
      .command('skip')
      .description('They are not sent')
      .argument('<endpoint>', 'id, or its description or host')
      .argument('[deliveries...]', 'their ids, as "held list" shows them; all with --yes')
      .option('--yes', 'skip all that it holds'),
    async (terminal, { yes = false }, given = '', ...ids) => {
      const endpoint = await endpointNamed(terminal, given);
      const picked = pickedOf(ids);
      if (picked === null && !yes) return askFirst(terminal, endpoint, 'skipped');
      const done = await terminal.client.call('held.skip', {
        endpointId: endpoint.id,
        ...(picked === null ? {} : { ids: picked }),
      });
      terminal.say(
        done,
        done.deliveries === 0
          ? shown`${endpoint.name} holds nothing.\n`
          : shown`${plural(done.deliveries, 'event')} for ${endpoint.name} will not be sent.\n`,
      );
    },
  );
}

const pickedOf = (ids: readonly string[]) =>
  ids.length === 0 ? null : ids.map((id) => idGiven('delivery', deliveryId, id));

/** Nobody sends or skips all of it by leaving something out. */
function askFirst(terminal: Terminal, { name, tooOld }: Endpoint, done: 'sent' | 'skipped'): void {
  const count = tooOld?.count ?? 0;
  terminal.say(
    { deliveries: 0, held: count },
    count === 0
      ? shown`${name} holds nothing.\n`
      : shown`${name} holds ${plural(count, 'event')}. Nothing was ${done} yet. All of it: ${terminal.sameWith('--yes')}\n`,
  );
}

async function listText(terminal: Terminal, endpoints: readonly Endpoint[], rows: readonly HeldRow[]): Promise<Shown> {
  if (rows.length === 0) return shown`Nothing is held for being too old.\n`;
  const at = await terminal.atProperty();
  const table = terminal.table(
    ['TIME', 'EVENT', 'ABOUT', 'ENDPOINT', 'SINCE THEN', 'ID'],
    rows.map((row) => [
      at.time(row.takenAt),
      row.event,
      summaryText(row.summary) || (row.entity?.id ?? ''),
      row.endpointName,
      row.overtaken ? 'something newer arrived' : '',
      row.id,
    ]),
  );
  const [only] = endpoints;
  if (only === undefined || endpoints.length > 1) return table;
  const send = terminal.command('held', 'send', only.id);
  const skip = terminal.command('held', 'skip', only.id);
  return together(table, shown`\nSend them: ${send}\nSkip them: ${skip}\n`);
}
