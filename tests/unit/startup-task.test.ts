import { expect, test } from 'vitest';
import { systemdUnit, windowsTask } from '../../electron/cli/startup-task.ts';

const command = [
  'C:\\Users\\Peña\\AppData\\Local\\Programs\\Roost Relay\\Roost Relay.exe',
  '--engine-only',
  '--data=D:\\A & B\\',
];
const task = (withoutPassword: boolean) => windowsTask({ command, account: 'DESK\\Peña', withoutPassword });
const textIn = (xml: string, name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];

test('Windows’ task names program, arguments and account as they are, and ends by no time or battery', () => {
  const xml = task(false);
  expect(textIn(xml, 'Command')).toBe(command[0]);
  // The backslash before the closing quotation mark is doubled, or it would escape it.
  expect(textIn(xml, 'Arguments')).toBe('--engine-only &quot;--data=D:\\A &amp; B\\\\&quot;');
  expect(textIn(xml, 'UserId')).toBe('DESK\\Peña');
  expect(textIn(xml, 'ExecutionTimeLimit')).toBe('PT0S');
  expect(textIn(xml, 'DisallowStartIfOnBatteries')).toBe('false');
  expect(textIn(xml, 'MultipleInstancesPolicy')).toBe('IgnoreNew');
  expect(xml).toContain('<BootTrigger>');
  expect(textIn(xml, 'Subscription')).toContain('EventID=7002]]&lt;/Select&gt;');
});

test('it runs with the account’s password, or as what Windows lets run without', () => {
  expect([textIn(task(false), 'LogonType'), textIn(task(true), 'LogonType')]).toEqual(['Password', 'S4U']);
});

test('each line of the task ends and each element closes', () => {
  const open: string[] = [];
  for (const [, slash, name = ''] of task(true).matchAll(/<(\/?)([A-Z]\w*)[^>]*>/g)) {
    if (slash === '') open.push(name);
    else expect(open.pop()).toBe(name);
  }
  expect(open).toEqual([]);
  expect(task(true)).not.toMatch(/[^\r]\n/);
});

test('systemd’s unit takes signs that mean something to it as they are', () => {
  const unit = systemdUnit({ command: ['/opt/Roost Relay/relay', '--data=/srv/100% $HOME "x"\\'] });
  expect(unit).toContain('ExecStart="/opt/Roost Relay/relay" "--data=/srv/100%% $$HOME \\"x\\"\\\\"\n');
  expect(unit).toMatch(/\nRestart=on-failure\n/);
});
