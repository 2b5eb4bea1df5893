/** `roost-relay bench …`: the receiver on this PC that shows what arrives. */
import { type Command, Option } from 'commander';
import type { CallOutput } from '../../../shared/api.ts';
import { type BenchBehaviour, benchBehaviours } from '../../../shared/schemas.ts';
import type { AtProperty } from '../at-property.ts';
import { CommandError } from '../command-error.ts';
import { withWayToConfirm } from '../confirming.ts';
import { durationMs } from '../duration.ts';
import { endpointNamed } from '../endpoint-named.ts';
import { block, facts, plural, type Shown, shown, together } from '../output.ts';
import type { Runner, Terminal } from '../terminal.ts';

export function addBenchCommands(program: Command, runner: Runner): void {
  const group = program.command('bench').description('A receiver on this PC that shows what arrives');

  runner.action<{ bodies?: boolean }>(
    group.command('show').description('What it does, and what arrived').option('--bodies', 'with headers and bodies'),
    async (terminal, { bodies = false }) => {
      const bench = await terminal.client.call('bench.get', {});
      terminal.say(bench, benchText(terminal, bench, await terminal.atProperty(), bodies));
    },
  );
  for (const [name, call, description] of [
    ['start', 'bench.start', 'It takes requests'],
    ['stop', 'bench.stop', 'It takes none any more'],
    ['clear', 'bench.clear', 'Forgets what arrived'],
  ] as const) {
    runner.action(group.command(name).description(description), async (terminal) => {
      const bench = await terminal.client.call(call, {});
      terminal.say(bench, benchText(terminal, bench, await terminal.atProperty(), false));
    });
  }

  runner.action<{ as: BenchBehaviour }>(
    group
      .command('behave')
      .description('How it answers')
      .addOption(new Option('--as <behaviour>', 'how').choices(benchBehaviours).makeOptionMandatory()),
    async (terminal, { as }) => {
      const bench = await terminal.client.call('bench.behave', { behaviour: as });
      terminal.say(bench, benchText(terminal, bench, await terminal.atProperty(), false));
    },
    { members: { behaviour: '--as' } },
  );

  runner.action<{ for?: string; yes?: boolean }>(
    group
      .command('point')
      .description("An endpoint's events go to the bench for a while, and not to its receiver")
      .argument('<endpoint>', 'id, or its description or host')
      .option('--for <time>', 'such as 30m or 2h; 1h unless given')
      .option('--yes', 'although events are waiting for it or on their way'),
    async (terminal, { for: given = '1h', yes = false }, named = '') => {
      const { id } = await endpointNamed(terminal, named);
      const asked = { id, forMs: durationMs('--for', given), confirmed: yes };
      const pointed = await withWayToConfirm(terminal, terminal.client.call('bench.point', asked));
      const back = terminal.command('bench', 'release', id);
      terminal.say(
        pointed,
        shown`${pointed.name} sends to the test bench now. Its own address is kept.\nBack: ${back}\n`,
      );
    },
  );

  runner.action(
    group
      .command('leave')
      .description('What the bench took is not sent on to its endpoint')
      .argument('<endpoint>', 'id, or its description or host'),
    async (terminal, _options, given = '') => {
      const { id, name, swallowed } = await endpointNamed(terminal, given);
      if (swallowed === 0) throw new CommandError('not_possible', `The test bench has taken nothing for ${name}.`);
      const left = await terminal.client.call('bench.leave', { id });
      terminal.say(left, shown`What the test bench took is not sent on to ${left.name}.\n`);
    },
  );

  runner.action(
    group
      .command('release')
      .description('It sends to its own address again')
      .argument('<endpoint>', 'id, or its description or host'),
    async (terminal, _options, given = '') => {
      const { id, name, toBench } = await endpointNamed(terminal, given);
      if (toBench === null) throw new CommandError('not_possible', `${name} is not pointed at the test bench.`);
      const released = await terminal.client.call('bench.release', { id });
      const on = terminal.command('bench', 'send-on', id, '--yes');
      const swallowed =
        released.swallowed === 0
          ? null
          : shown`${plural(released.swallowed, 'event')} went to the test bench and not to ${released.name}. Send them on: ${on}\n`;
      terminal.say(released, together(shown`${released.name} sends to ${released.address} again.\n`, swallowed));
    },
  );
}

type Bench = CallOutput<'bench.get'>;

function benchText(terminal: Terminal, bench: Bench, at: AtProperty, bodies: boolean): Shown {
  const head = facts([
    ['Test bench', bench.running ? 'takes requests' : 'is off'],
    ['Address', bench.address],
    ['Answers', bench.behaviour.replaceAll('_', ' ')],
    ['Endpoints', bench.endpointIds.length === 0 ? null : bench.endpointIds.join(', ')],
  ]);
  if (bench.requests.length === 0) return together(head, shown`\nNothing has arrived.\n`);
  if (!bodies) {
    const rows = bench.requests.map((request) => [
      at.time(request.at),
      request.event ?? '',
      request.signature,
      String(request.answered ?? 'nothing'),
      request.eventId ?? '',
    ]);
    return together(head, shown`\n`, terminal.table(['TIME', 'EVENT', 'SIGNATURE', 'ANSWERED', 'EVENT ID'], rows));
  }
  return together(
    head,
    ...bench.requests.flatMap((request) => [
      shown`\n${request.n}  ${at.time(request.at)}  signature ${request.signature}, answered ${request.answered ?? 'nothing'}\n`,
      ...request.headers.map(([name, value]) => shown`    ${name}: ${value}\n`),
      block(request.body, '    '),
    ]),
  );
}
