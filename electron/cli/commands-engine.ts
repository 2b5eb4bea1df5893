/** `roost-relay status`, `doctor`, `pause`, `resume`, `activity` and `open`: the engine as a whole. */
import type { Command } from 'commander';
import type { Situation } from '../../shared/schemas.ts';
import type { AtProperty } from './at-property.ts';
import { readAnswer } from './client.ts';
import { durationMs } from './duration.ts';
import { exitCodes } from './io.ts';
import { limitOf } from './limit.ts';
import { facts, plural, type Shown, shown, together } from './output.ts';
import type { Runner, Shell } from './shell.ts';

export function addEngineCommands(program: Command, runner: Runner): void {
  runner.action(program.command('status').description('What waits, and how the endpoints are'), async (shell) => {
    const situation = await shell.client.call('situation.get', {});
    shell.say(situation, statusText(shell, situation, await shell.atProperty()));
  });

  runner.action(
    program.command('doctor').description('Looks at everything that can be wrong, with the next step'),
    async (shell) => {
      const at = await shell.atProperty();
      const checks = (await shell.client.call('doctor.run', {})).map(({ name, state, says, nextStep }) => ({
        name: at.words(name),
        state,
        message: says.map(at.words).join(' '),
        nextStep: nextStep && at.words(nextStep),
      }));
      const marks = { ok: 'ok     ', warning: 'warning', problem: 'PROBLEM' };
      const text = checks.flatMap(({ state, name, message, nextStep }) => [
        shown`${marks[state]}  ${name}: ${message}\n`,
        nextStep === null ? null : shown`         -> ${nextStep}\n`,
      ]);
      shell.say(checks, together(...text));
      if (checks.some(({ state }) => state === 'problem')) shell.exitWith(exitCodes.failed);
    },
  );

  runner.action<{ for?: string }>(
    program
      .command('pause')
      .description('Holds up all deliveries; events are taken as ever')
      .option('--for <time>', 'such as 30m or 2h; 1h unless given'),
    async (shell, { for: given = '1h' }) => {
      const forMs = durationMs('--for', given);
      await shell.client.call('relay.pause', { forMs });
      const { pausedUntil } = await shell.client.call('situation.get', {});
      const until = (await shell.atProperty()).timeOr(pausedUntil, 'they are resumed');
      shell.say({ pausedUntil }, shown`All deliveries are paused until ${until}. End it: ${shell.command('resume')}\n`);
    },
  );

  runner.action(program.command('resume').description('Ends that pause'), async ({ client, say }) => {
    await client.call('relay.resume', {});
    say({ pausedUntil: null }, shown`Deliveries go out again.\n`);
  });

  runner.action<{ limit?: string; cursor?: string }>(
    program
      .command('activity')
      .description('Who did what, newest first')
      .option('--limit <n>', 'rows (50)')
      .option('--cursor <cursor>', 'the next page of a list'),
    async (shell, { limit, cursor }) => {
      const page = await shell.client.call('audit.list', {
        limit: limitOf(limit),
        ...(cursor === undefined ? {} : { cursor }),
      });
      const at = await shell.atProperty();
      const rows = page.rows.map((row) => [
        at.time(row.at),
        row.account,
        row.surface.replace('_', ' '),
        row.act,
        row.target ?? '',
        Object.keys(row.detail).length === 0 ? '' : JSON.stringify(row.detail),
      ]);
      const more = page.next === null ? null : shown`\nMore: --cursor ${page.next}\n`;
      const head = ['TIME', 'WHO', 'WHERE', 'WHAT', 'OF', 'DETAIL'];
      shell.say(page, rows.length === 0 ? shown`Nothing yet.\n` : together(shell.table(head, rows), more));
    },
  );

  runner.action(
    program.command('open').description('A new address that opens the window in a browser, good for one minute'),
    async ({ client, say }) => {
      const opened = await readAnswer<{ url: string }>(await client.post('open', '{}'));
      say(opened, shown`${opened.url}\n`);
    },
  );
}

function statusText(shell: Shell, situation: Situation, at: AtProperty): Shown {
  const { waiting, oldestWaitingAt, needsAttention, endpoints, sources, intake, connectivity, pausedUntil } = situation;
  const since = oldestWaitingAt === null ? '' : `, the oldest since ${at.timeOr(oldestWaitingAt, '')}`;
  const head = facts([
    ['Roost Relay', situation.version],
    ['Takes events at', intake.address],
    [
      'and on the network at',
      intake.lan &&
        `${intake.lan.address}${intake.lan.fingerprint === null ? '' : ` (certificate ${intake.lan.fingerprint})`}`,
    ],
    ['Waiting', `${plural(waiting, 'delivery', 'deliveries')}${since}`],
    ['Need a person', needsAttention === 0 ? null : plural(needsAttention, 'delivery', 'deliveries')],
    [
      'Today',
      `${plural(situation.eventsToday, 'event')} in, ${plural(situation.deliveredToday, 'delivery', 'deliveries')} out`,
    ],
    ['Internet', connectivity.state === 'online' ? 'there' : connectivity.state.replaceAll('_', ' ')],
    ['Paused', pausedUntil === null ? null : `until ${at.timeOr(pausedUntil, '')}`],
    ['Times', at.timeZone],
    ['Clock', situation.clock.wrong ? `wrong by ${Math.round(situation.clock.skewMs / 60_000)} minutes` : null],
    ['Disk', situation.disk.state === 'ok' ? null : situation.disk.state.replace('_', ' ')],
    ['Secrets', situation.vault.unreadable === 0 ? null : `${situation.vault.unreadable} cannot be read`],
    ['Last event', at.timeOr(situation.lastEventAt, 'none yet')],
    ['Last delivery', at.timeOr(situation.lastDeliveredAt, 'none yet')],
  ]);
  const rows = endpoints.map((row) => [row.name, row.state, String(row.waiting), String(row.needsAttention)]);
  const list =
    rows.length === 0 ? shown`No endpoints yet.\n` : shell.table(['ENDPOINT', 'STATE', 'WAITING', 'ATTENTION'], rows);
  const from = sources.map((row) => [row.name, at.timeOr(row.lastEventAt, 'never'), String(row.eventsToday)]);
  const origins = from.length === 0 ? shown`No sources yet.\n` : shell.table(['SOURCE', 'LAST EVENT', 'TODAY'], from);
  return together(head, shown`\n`, list, shown`\n`, origins);
}
