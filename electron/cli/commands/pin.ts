/** `roost-relay pin`: the PIN that the window asks for, and the way back where it is forgotten. */
import type { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { facts, shown, together } from '../output.ts';
import { fileText, type Runner } from '../terminal.ts';

export function addPinCommands(program: Command, runner: Runner): void {
  const group = program.command('pin').description('The PIN that the window asks for before secrets and guests leave');

  runner.action(group.command('show').description('Whether there is one, and when windows lock'), async (terminal) => {
    const state = await terminal.client.call('lock.get', {});
    const at = await terminal.atProperty();
    const { pin, lockAfterMinutes, closedUntil } = state;
    terminal.say(
      { pin, lockAfterMinutes, closedUntil },
      together(
        facts([
          ['PIN', pin ? 'set' : 'none'],
          ['Windows lock', lockAfterMinutes === null ? 'never by themselves' : `after ${lockAfterMinutes} min`],
          ['Closed until', closedUntil === null ? null : at.time(closedUntil)],
        ]),
        shown`The command line is not asked for it: whoever can run it can read the data folder.\n`,
      ),
    );
  });

  runner.action<{ pinFile?: string }>(
    group
      .command('set')
      .description('Sets a PIN, in the place of one that there is')
      .requiredOption('--pin-file <file>', 'holds 4 to 12 digits'),
    async (terminal, { pinFile = '' }) => {
      const pin = (await fileText('--pin-file', pinFile)).replace(/\r?\n$/, '');
      await terminal.client.call('lock.setPin', { pin });
      terminal.say({ pin: true }, shown`The PIN is set. The window asks for it from now on.\n`);
    },
    { members: { pin: '--pin-file' } },
  );

  runner.action(
    group.command('remove').description('Takes the PIN away, for whoever looks after this PC'),
    async (terminal) => {
      await terminal.client.call('lock.removePin', {});
      terminal.say({ pin: false }, shown`The PIN is gone, windows are open. Who did this is in "audit".\n`);
    },
  );

  runner.action(
    group
      .command('lock-after')
      .description('Windows lock after so many minutes without a key or a pointer')
      .argument('<minutes>', '1 to 480, or off'),
    async (terminal, _options, minutes = '') => {
      const lockAfterMinutes = minutes === 'off' ? null : minutesOf(minutes);
      const state = await terminal.client.call('lock.change', { lockAfterMinutes });
      const when =
        state.lockAfterMinutes === null
          ? 'Windows no longer lock by themselves'
          : `Windows lock after ${state.lockAfterMinutes} min`;
      terminal.say({ lockAfterMinutes: state.lockAfterMinutes }, shown`${when}.\n`);
    },
    { members: { lockAfterMinutes: 'minutes' } },
  );
}

/** @throws CommandError `bad_input` with what was found and what is expected; whether it is in range the engine says */
function minutesOf(text: string): number {
  if (/^\d{1,5}$/.test(text.trim())) return Number(text);
  throw new CommandError('bad_input', `minutes: expected 1 to 480, or off, got "${text}".`, { member: 'minutes' });
}
