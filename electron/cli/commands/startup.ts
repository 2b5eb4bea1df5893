/** `roost-relay startup-task`: the engine from the system's start on, while nobody is signed in. */
import { spawn } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { isAbsolute, join, win32 } from 'node:path';
import type { Command } from 'commander';
import { makeFolder } from '../../engine/files/make-folder.ts';
import { quoted } from '../../invocation.ts';
import { CommandError } from '../command-error.ts';
import { shown, together } from '../output.ts';
import { systemdUnit, taskName, unitName, windowsTask } from '../startup-task.ts';
import type { Runner, Terminal } from '../terminal.ts';

export function addStartupCommands(program: Command, runner: Runner): void {
  const task = program.command('startup-task').description('The engine while nobody is signed in on this PC');

  runner.action<{ password: boolean }>(
    task
      .command('add')
      .description("Has the system run the engine from this PC's start on")
      .option('--no-password', "Windows: without asking for the account's; events are kept, none goes out"),
    (terminal, { password }) => (isWindows() ? addTask(terminal, password) : addUnit(terminal)),
  );

  runner.action(task.command('remove').description('Takes that back'), (terminal) =>
    isWindows() ? removeTask(terminal) : removeUnit(terminal),
  );

  runner.action(task.command('show').description('Whether the system has it'), async (terminal) => {
    const found = await lookUp(terminal);
    const none = shown`Nothing runs between a restart of this PC and the first sign-in.\nChange that: ${terminal.command('startup-task', 'add')}\n`;
    terminal.say(found, found.present ? shown`The system runs the engine from its start on: ${found.where}\n` : none);
  });
}

/** macOS' launchd would need an administrator's daemon, under an account without this one's keychain. */
function isWindows(): boolean {
  if (process.platform === 'win32') return true;
  if (process.platform === 'linux') return false;
  throw new CommandError('not_possible', 'startup-task: this is for Windows and for Linux with systemd alone.');
}

// — Windows —

async function addTask(terminal: Terminal, password: boolean): Promise<void> {
  const account = accountOfWindows(terminal);
  const file = join(terminal.folder, 'startup-task.xml');
  await makeFolder(terminal.folder);
  const text = windowsTask({ command: commandFor(terminal), account, withoutPassword: !password });
  // The only encoding that every Windows' schtasks takes.
  await writeFile(file, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]));
  // `*`: schtasks asks for the password itself, so that it goes through nobody else's hands.
  const asks = password ? ['/RU', account, '/RP', '*'] : [];
  const args = ['/Create', '/TN', taskName, '/XML', file, '/F', ...asks];
  const { code } = await schtasks(terminal, args, 'inherit');
  // Looked for as well: what is said here is relied on in the night.
  if (code !== 0 || !(await lookUp(terminal)).present) {
    throw new CommandError('not_possible', 'startup-task: Windows did not take the task; what it says stands above.', {
      detail: `Only an administrator may add it. In a terminal that was opened with “Run as administrator”: schtasks ${args.map((word) => quoted(word, 'cmd')).join(' ')}`,
    });
  }
  await rm(file, { force: true });
  const keeps = password
    ? shown`Events are taken and go out from Windows' start on. After a change of the password, add it again.\n`
    : shown`Events are taken and kept from Windows' start on. They go out once somebody signs in: without the password Windows does not open the secrets.\n`;
  terminal.say(
    { present: true, where: taskName },
    together(shown`Windows runs the task "${taskName}" as ${account}.\n`, keeps, givesWay()),
  );
}

async function removeTask(terminal: Terminal): Promise<void> {
  const { present } = await lookUp(terminal);
  if (present && (await schtasks(terminal, ['/Delete', '/TN', taskName, '/F'], 'inherit')).code !== 0) {
    throw new CommandError('not_possible', 'startup-task: Windows did not remove the task.', {
      detail: `In a terminal that was opened with “Run as administrator”: schtasks /Delete /TN ${quoted(taskName, 'cmd')} /F`,
    });
  }
  terminal.say(
    { present: false },
    present ? shown`Windows no longer has the task.\n` : shown`There was no such task.\n`,
  );
}

const accountOfWindows = ({ io: { environment } }: Terminal): string =>
  environment.USERDOMAIN ? `${environment.USERDOMAIN}\\${userInfo().username}` : userInfo().username;

/** @param output `inherit`: a person reads and answers it */
function schtasks(
  { io: { environment } }: Terminal,
  args: readonly string[],
  output: 'inherit' | 'pipe',
): Promise<{ readonly code: number | null; readonly out: string }> {
  // By its whole path: a program of this name in the present folder is not to be run.
  const program = win32.join(environment.SystemRoot ?? 'C:\\Windows', 'System32', 'schtasks.exe');
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], {
      stdio: output === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'ignore'],
      windowsHide: output === 'pipe',
    });
    let out = '';
    child.stdout?.on('data', (bytes: Buffer) => {
      out += bytes.toString('latin1');
    });
    child.once('error', (cause) =>
      reject(new CommandError('not_possible', `startup-task: ${program} cannot be run.`, { cause })),
    );
    child.once('close', (code) => resolve({ code, out }));
  });
}

// — Linux —

async function addUnit(terminal: Terminal): Promise<void> {
  const file = unitFile(terminal);
  await makeFolder(join(file, '..'), 0o777);
  await writeFile(file, systemdUnit({ command: commandFor(terminal) }));
  const [program = ''] = commandFor(terminal);
  const steps = [
    ...(program.endsWith('xvfb-run') ? ['sudo apt-get install xvfb'] : []),
    `systemctl --user enable ${unitName}`,
    'loginctl enable-linger',
  ];
  terminal.say(
    { present: true, where: file, commands: steps },
    together(
      shown`Written to ${file}. What is left to do, once:\n`,
      ...steps.map((step) => shown`  ${step}\n`),
      shown`Secrets that a keyring protects open when somebody signs in; until then events are taken and kept.\n`,
      givesWay(),
    ),
  );
}

async function removeUnit(terminal: Terminal): Promise<void> {
  const { present, where } = await lookUp(terminal);
  await rm(where, { force: true });
  const steps = [`systemctl --user disable --now ${unitName}`];
  terminal.say(
    { present: false, commands: steps },
    present
      ? together(shown`Removed ${where}. If it runs now, end it:\n`, ...steps.map((step) => shown`  ${step}\n`))
      : shown`There was no such unit.\n`,
  );
}

function unitFile({ io: { environment } }: Terminal): string {
  const given = environment.XDG_CONFIG_HOME ?? '';
  return join(isAbsolute(given) ? given : join(homedir(), '.config'), 'systemd', 'user', `${unitName}.service`);
}

// — Both —

const givesWay = () => shown`When somebody signs in and the desktop app starts, it takes over by itself.\n`;

const commandFor = ({ io, folder }: Terminal): readonly string[] => io.engineCommand(folder);

async function lookUp(terminal: Terminal): Promise<{ readonly present: boolean; readonly where: string }> {
  if (isWindows()) {
    // By what it prints: not every Windows says by its status that there is no such task.
    const { code, out } = await schtasks(terminal, ['/Query', '/TN', taskName, '/XML'], 'pipe');
    return { present: code === 0 && out.replaceAll('\0', '').includes('<Task '), where: taskName };
  }
  const where = unitFile(terminal);
  const text = await readFile(where, 'utf8').catch(() => null);
  return { present: text !== null, where };
}
