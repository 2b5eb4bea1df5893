/**
 * What a system is given so that it runs the engine from its own start on, before anybody has signed in: a task of
 * Windows' Task Scheduler, a unit of systemd. Texts only; commands/startup.ts hands them over.
 */
import { win32 } from 'node:path';

/** The task's name in the Task Scheduler, and the unit's without `.service`. */
export const taskName = 'Roost Relay';
export const unitName = 'roost-relay';

export interface TaskFor {
  /** Program and arguments that start the engine, each as it is. */
  readonly command: readonly string[];
  /** `PC\ana`: under whom it runs. */
  readonly account: string;
  /** Windows runs it without the account's password; what the password protects stays closed to it. */
  readonly withoutPassword: boolean;
}

/**
 * By XML, since only there the task can be kept from ending: what `schtasks /SC ONSTART` makes is ended after three
 * days, and is not started while a laptop runs on its battery. It begins at the start of Windows, and again after each
 * sign-out (Winlogon's event 7002), with which the desktop app has ended.
 * https://learn.microsoft.com/en-us/windows/win32/taskschd/task-scheduler-schema
 */
export function windowsTask({ command, account, withoutPassword }: TaskFor): string {
  const [program = '', ...args] = command;
  const signOut =
    '<QueryList><Query Id="0" Path="System"><Select Path="System">' +
    "*[System[Provider[@Name='Microsoft-Windows-Winlogon'] and EventID=7002]]</Select></Query></QueryList>";
  return [
    '<?xml version="1.0" encoding="UTF-16"?>',
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">',
    '  <RegistrationInfo>',
    '    <Description>Runs Roost Relay’s engine while nobody is signed in.</Description>',
    '  </RegistrationInfo>',
    '  <Triggers>',
    '    <BootTrigger><Enabled>true</Enabled><Delay>PT30S</Delay></BootTrigger>',
    `    <EventTrigger><Enabled>true</Enabled><Subscription>${inXml(signOut)}</Subscription><Delay>PT30S</Delay></EventTrigger>`,
    '  </Triggers>',
    '  <Principals>',
    '    <Principal id="Author">',
    `      <UserId>${inXml(account)}</UserId>`,
    `      <LogonType>${withoutPassword ? 'S4U' : 'Password'}</LogonType>`,
    '      <RunLevel>LeastPrivilege</RunLevel>',
    '    </Principal>',
    '  </Principals>',
    '  <Settings>',
    '    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>',
    '    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>',
    '    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>',
    '    <StartWhenAvailable>true</StartWhenAvailable>',
    '    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>',
    '    <RestartOnFailure><Interval>PT1M</Interval><Count>10</Count></RestartOnFailure>',
    '    <Priority>5</Priority>',
    '  </Settings>',
    '  <Actions Context="Author">',
    '    <Exec>',
    `      <Command>${inXml(program)}</Command>`,
    `      <Arguments>${inXml(args.map(windowsArgument).join(' '))}</Arguments>`,
    `      <WorkingDirectory>${inXml(win32.dirname(program))}</WorkingDirectory>`,
    '    </Exec>',
    '  </Actions>',
    '</Task>',
    '',
  ].join('\r\n');
}

/** A unit of the person's own systemd, which lingers from the start of the machine on where that is allowed. */
export function systemdUnit({ command }: Pick<TaskFor, 'command'>): string {
  return [
    '[Unit]',
    'Description=Roost Relay, while nobody is signed in',
    '',
    '[Service]',
    `ExecStart=${command.map(unitWord).join(' ')}`,
    'Restart=on-failure',
    'RestartSec=30',
    '',
    '[Install]',
    'WantedBy=default.target',
    '',
  ].join('\n');
}

const inXml = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

/** As the C runtime takes arguments apart: a backslash before a quotation mark would escape it. */
const windowsArgument = (word: string): string =>
  /^[^\s"]+$/.test(word) ? word : `"${word.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')}"`;

/** https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html: specifiers and variables are doubled. */
const unitWord = (word: string): string =>
  `"${word.replaceAll(/[\\"]/g, '\\$&').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`;
