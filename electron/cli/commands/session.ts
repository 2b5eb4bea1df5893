/** `roost-relay session …`: browsers that the window is open in. */

import type { Command } from 'commander';
import { browserName } from '../../../shared/browser-name.ts';
import { sessionId } from '../../../shared/schemas.ts';
import { CommandError } from '../command-error.ts';
import { idGiven } from '../ids.ts';
import { plural, shown } from '../output.ts';
import type { Runner } from '../terminal.ts';

export function addSessionCommands(program: Command, runner: Runner): void {
  const group = program.command('session').description('Browsers that the window is open in');

  runner.action(group.command('list').description('All of them'), async (terminal) => {
    const sessions = await terminal.client.call('sessions.list', {});
    const at = await terminal.atProperty();
    const rows = sessions.map((row) => [
      row.id,
      at.time(row.openedAt),
      at.time(row.usedAt),
      at.time(row.endsAt),
      browserName(row.browser),
    ]);
    const none = shown`No browser is signed in. A new address: ${terminal.command('open')}\n`;
    terminal.say(
      sessions,
      rows.length === 0 ? none : terminal.table(['ID', 'SINCE', 'LAST USED', 'ENDS', 'BROWSER'], rows),
    );
  });

  runner.action<{ all?: boolean }>(
    group
      .command('end')
      .description('That browser needs a new address from now on')
      .argument('[session]', 'its id')
      .option('--all', 'every one of them'),
    async (terminal, { all = false }, given) => {
      const ids = all ? (await terminal.client.call('sessions.list', {})).map(({ id }) => id) : [idOf(given)];
      for (const id of ids) await terminal.client.call('sessions.end', { id });
      terminal.say({ ended: ids }, shown`${plural(ids.length, 'browser was', 'browsers were')} signed out.\n`);
    },
    { members: { id: 'session' } },
  );
}

function idOf(given: string | undefined): string {
  if (given !== undefined) return idGiven('session', sessionId, given);
  throw new CommandError('bad_input', 'session: expected an id, or --all.', { member: 'session' });
}
