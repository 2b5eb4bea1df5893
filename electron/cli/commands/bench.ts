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
import type { Runner, Shell } from '../shell.ts';

export function addBenchCommands(program: Command, runner: Runner): void {
  const group = program.command('bench').description('A receiver on this PC that shows what arrives');

  runner.action<{ bodies?: boolean }>(
    group.command('show').description('What it does, and what arrived').option('--bodies', 'with headers and bodies'),
    async (shell, { bodies = false }) => {
      const bench = await shell.client.call('bench.get', {});
      shell.say(bench, benchText(shell, bench, await shell.atProperty(), bodies));
    },
  );
  for (const [name, call, description] of [
    ['start', 'bench.start', 'It takes requests'],
    ['stop', 'bench.stop', 'It takes none any more'],
    ['clear', 'bench.clear', 'Forgets what arrived'],
  ] as const) {
    runner.action(group.command(name).description(description), async (shell) => {
      const bench = await shell.client.call(call, {});
      shell.say(bench, benchText(shell, bench, await shell.atProperty(), false));
    });
  }

  runner.action<{ as: BenchBehaviour }>(
    group
      .command('behave')
      .description('How it answers')
      .addOption(new Option('--as <behaviour>', 'how').choices(benchBehaviours).makeOptionMandatory()),
    async (shell, { as }) => {
      const bench = await shell.client.call('bench.behave', { behaviour: as });
      shell.say(bench, benchText(shell, bench, await shell.atProperty(), false));
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
    async (shell, { for: given = '1h', yes = false }, named = '') => {
      const { id } = await endpointNamed(shell, named);
      const asked = { id, forMs: durationMs('--for', given), confirmed: yes };
      const pointed = await withWayToConfirm(shell, shell.client.call('bench.point', asked));
      const back = shell.command('bench', 'release', id);
      shell.say(pointed, shown`${pointed.name} sends to the test bench now. Its own address is kept.\nBack: ${back}\n`);
    },
  );

  runner.action(
    group
      .command('leave')
      .description('What the bench took is not sent on to its endpoint')
      .argument('<endpoint>', 'id, or its description or host'),
    async (shell, _options, given = '') => {
      const { id, name, swallowed } = await endpointNamed(shell, given);
      if (swallowed === 0) throw new CommandError('not_possible', `The test bench has taken nothing for ${name}.`);
      const left = await shell.client.call('bench.leave', { id });
      shell.say(left, shown`What the test bench took is not sent on to ${left.name}.\n`);
    },
  );

  runner.action(
    group
      .command('release')
      .description('It sends to its own address again')
      .argument('<endpoint>', 'id, or its description or host'),
    async (shell, _options, given = '') => {
      const { id, name, toBench } = await endpointNamed(shell, given);
      if (toBench === null) throw new CommandError('not_possible', `${name} is not pointed at the test bench.`);
      const released = await shell.client.call('bench.release', { id });
      const on = shell.command('bench', 'send-on', id, '--yes');
      const swallowed =
        released.swallowed === 0
          ? null
          : shown`${plural(released.swallowed, 'event')} went to the test bench and not to ${released.name}. Send them on: ${on}\n`;
      shell.say(released, together(shown`${released.name} sends to ${released.address} again.\n`, swallowed));
    },
  );
}

type Bench = CallOutput<'bench.get'>;

function benchText(shell: Shell, bench: Bench, at: AtProperty, bodies: boolean): Shown {
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
    return together(head, shown`\n`, shell.table(['TIME', 'EVENT', 'SIGNATURE', 'ANSWERED', 'EVENT ID'], rows));
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
