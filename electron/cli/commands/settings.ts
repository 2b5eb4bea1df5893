/** `roost-relay settings`: the property, and what else the engine obeys (decisions 18, 20 and 27). */
import { type Command, Option } from 'commander';
import { intakePaths } from '../../../shared/intake-paths.ts';
import { checkOfLine, checksOf, expectedStatus } from '../../../shared/internet-check.ts';
import type { Settings, TrustedCertificate } from '../../../shared/schemas.ts';
import { CommandError } from '../command-error.ts';
import { facts, type Shown, shown, together } from '../output.ts';
import {
  confirmRemoval,
  loweredText,
  type RetentionOptions,
  retentionChange,
  retentionMembers,
  retentionText,
  withRetention,
} from '../retention-options.ts';
import { certificateFileText, type Runner, type Terminal, withoutCa } from '../terminal.ts';

interface SettingOptions extends RetentionOptions {
  readonly property?: string;
  readonly propertyName?: string;
  readonly timeZone?: string;
  readonly currency?: string;
  readonly locale?: string;
  readonly proxy?: string;
  readonly plainHttp?: 'on' | 'off';
  readonly noticesLanguage?: string;
  readonly noticesQuiet?: string;
  readonly internetCheck?: readonly string[];
  readonly caFile?: string;
  readonly ca?: false;
  readonly port?: string;
  readonly hosts?: string;
  readonly network?: 'on' | 'off';
  readonly networkHost?: string;
  readonly networkPort?: string;
  readonly networkAllow?: string;
  readonly networkHttps?: 'on' | 'off';
}

export function addSettingsCommands(program: Command, runner: Runner): void {
  const group = program.command('settings').description('The property, and what else the engine obeys');

  runner.action(group.command('show').description('All of them'), async ({ client, say }) => {
    const settings = await client.call('settings.get', {});
    const port = await portInUse(client);
    say({ ...settings, portInUse: port }, settingsText(settings, port, await client.call('settings.certificates', {})));
  });

  runner.action<SettingOptions>(
    withRetention(group.command('set').description('Changes those that are given'))
      .option('--property <id>', 'the property of events whose source and sender name none')
      .option('--property-name <text>', 'what people call it')
      .option('--time-zone <name>', 'such as Asia/Manila: what "at night" goes by')
      .option('--currency <code>', 'such as PHP')
      .option('--locale <name>', 'such as en-PH or fil-PH: how messages write dates and money')
      .option('--proxy <address>', 'system, none, or such as http://proxy.hotel.local:3128')
      .addOption(onOff('--plain-http <on|off>', 'endpoints may be programs on this very PC, over http://localhost'))
      .option('--notices-language <code>', 'en or fil: how notices are written that go to endpoints')
      .option('--notices-quiet <hours>', 'when new ones wait, such as 22:00-07:00; off: never')
      .option(
        '--internet-check <which...>',
        'standard, off, or up to five plain addresses, each with what it answers: "http://check.example/ok 204"',
      )
      .option(
        '--ca-file <pem>',
        'authorities that every endpoint is trusted by, such as of a firewall that inspects HTTPS',
      )
      .addOption(withoutCa('forgets them'))
      .option('--port <n>', 'where events are taken on this PC, from the next start on')
      .option('--hosts <names>', 'more names by which programs call this PC, such as pms-server,relay.hotel.local')
      .addOption(onOff('--network <on|off>', 'takes events from other machines of the property too'))
      .option('--network-host <address>', "this PC's address to listen on; 0.0.0.0 is all of them")
      .option('--network-port <n>', 'the port for them')
      .option('--network-allow <addresses>', 'who may post, such as 192.168.1.20,192.168.1.0/28')
      .addOption(onOff('--network-https <on|off>', "off sends guests' data readable over the network")),
    async (terminal, options) => {
      const { client, say } = terminal;
      const before = await client.call('settings.get', {});
      const change = await changeOf(options, before);
      if (Object.keys(change).length === 0) {
        throw new CommandError('bad_input', 'settings set: give what to change, such as --property prop_abc123.');
      }
      if (change.lan?.enabled === true && process.platform === 'win32') terminal.note(firewallText);
      await confirmRemoval(terminal, options, before, change);
      const changed = await client.call('settings.change', { change });
      const network = change.lan?.enabled === true ? await networkText(terminal) : null;
      const nobody = change.lan?.enabled === true && changed.lan.allow.length === 0 ? nobodyText(terminal) : null;
      const port = await portInUse(client);
      const text = settingsText(changed, port, await client.call('settings.certificates', {}));
      say({ ...changed, portInUse: port }, together(text, loweredText(options, before, changed), network, nobody));
    },
    { members: memberOptions },
  );

  runner.action(
    group.command('addresses').description("This PC's own addresses, for --network-host"),
    async (terminal) => {
      const found = await terminal.client.call('settings.addresses', {});
      const rows = found.map(({ address, network }) => [address, network]);
      terminal.say(found, terminal.table(['ADDRESS', 'NETWORK'], rows));
    },
  );
}

/** Before it comes: who is asked by surprise says no, and is not asked again. */
const firewallText = shown`Windows' firewall may ask on the screen now whether Roost Relay may be reached: allow it for private networks, or no other machine gets through.\n`;

const onOff = (flags: string, description: string): Option => new Option(flags, description).choices(['on', 'off']);

async function changeOf(options: SettingOptions, before: Settings): Promise<Partial<Settings>> {
  const { lan, internetCheck, notify } = before;
  const { property, propertyName, timeZone, currency, proxy, caFile, ca, port, hosts } = options;
  const { network, networkHost, networkPort, networkAllow, networkHttps } = options;
  const isNetwork = [network, networkHost, networkPort, networkAllow, networkHttps].some((one) => one !== undefined);
  return {
    ...(property === undefined ? {} : { propertyId: property.trim() }),
    ...(propertyName === undefined ? {} : { propertyName }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(currency === undefined ? {} : { currency: currency.toUpperCase() }),
    ...retentionChange(options, before),
    ...(options.locale === undefined ? {} : { locale: options.locale }),
    ...(proxy === undefined ? {} : { proxy }),
    ...(options.plainHttp === undefined ? {} : { plainLoopback: options.plainHttp === 'on' }),
    ...noticesOf(options, notify),
    ...(options.internetCheck === undefined
      ? {}
      : { internetCheck: internetCheckOf(options.internetCheck, internetCheck) }),
    ...(caFile === undefined ? {} : { caPem: await certificateFileText('--ca-file', caFile) }),
    ...(ca === false ? { caPem: null } : {}),
    ...(port === undefined ? {} : { intakePort: numberOf('--port', port) }),
    ...(hosts === undefined ? {} : { intakeHosts: listOf(hosts) }),
    ...(isNetwork
      ? {
          lan: {
            enabled: network === undefined ? lan.enabled : network === 'on',
            host: networkHost ?? lan.host,
            port: networkPort === undefined ? lan.port : numberOf('--network-port', networkPort),
            allow: networkAllow === undefined ? lan.allow : networkAllow.split(',').map((one) => one.trim()),
            tls: networkHttps === undefined ? lan.tls : networkHttps === 'on',
          },
        }
      : {}),
  };
}

/** What of notices to endpoints is to change. */
function noticesOf(
  { noticesLanguage: language, noticesQuiet: quiet }: SettingOptions,
  notify: Settings['notify'],
): Partial<Pick<Settings, 'notify'>> {
  if (language === undefined && quiet === undefined) return {};
  const wrong = (member: string, expected: string, got: string): never => {
    throw new CommandError('bad_input', `${member}: expected ${expected}, got "${got}".`, { member });
  };
  const spoken = language ?? notify.language;
  if (spoken !== 'en' && spoken !== 'fil') return wrong('--notices-language', 'en or fil', spoken);
  if (quiet === undefined) return { notify: { ...notify, language: spoken } };
  const [, from, to] = /^([01]\d:[0-5]\d|2[0-3]:[0-5]\d)-([01]\d:[0-5]\d|2[0-3]:[0-5]\d)$/.exec(quiet) ?? [];
  if (quiet === 'off') return { notify: { language: spoken, quietHours: { ...notify.quietHours, enabled: false } } };
  if (from === undefined || to === undefined || from === to)
    return wrong('--notices-quiet', 'off, or two times that differ, such as 22:00-07:00', quiet);
  return { notify: { language: spoken, quietHours: { enabled: true, from, to } } };
}

/** Own addresses are kept while others, or none, are asked. */
function internetCheckOf(words: readonly string[], before: Settings['internetCheck']): Settings['internetCheck'] {
  const [first = ''] = words;
  if (words.length === 1 && (first === 'standard' || first === 'off')) return { ...before, use: first };
  const word = words.find((one) => one === 'standard' || one === 'off');
  if (word !== undefined) {
    const message = `--internet-check: "${word}" stands alone; expected it without another, or addresses only.`;
    throw new CommandError('bad_input', message, { member: '--internet-check' });
  }
  return { use: 'own', own: words.map(checkOfLine) };
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

function numberOf(option: string, text: string): number {
  // One that is too small is told so, with what is the least.
  if (/^-?\d+$/.test(text)) return Number(text);
  throw new CommandError('bad_input', `${option}: expected a whole number, got "${text}".`, { member: option });
}

const memberOptions: Readonly<Record<string, string>> = {
  'change.propertyId': '--property',
  'change.propertyName': '--property-name',
  'change.timeZone': '--time-zone',
  timeZone: '--time-zone',
  'change.currency': '--currency',
  ...retentionMembers,
  'change.locale': '--locale',
  'change.proxy': '--proxy',
  proxy: '--proxy',
  'change.notify': '--notices-quiet',
  'change.internetCheck': '--internet-check',
  'change.internetCheck.own': '--internet-check',
  'internetCheck.own': '--internet-check',
  ...Object.fromEntries(
    [0, 1, 2, 3, 4].flatMap((index) =>
      ['address', 'expects'].flatMap((part) =>
        ['', 'change.'].map((at) => [`${at}internetCheck.own[${index}].${part}`, '--internet-check']),
      ),
    ),
  ),
  'change.intakePort': '--port',
  intakePort: '--port',
  'change.intakeHosts': '--hosts',
  intakeHosts: '--hosts',
  'change.lan.host': '--network-host',
  'change.lan.port': '--network-port',
  'lan.allow': '--network-allow',
  'lan.host': '--network-host',
  'lan.port': '--network-port',
};

/** It listens, and lets nobody in: who switched it on wants somebody in. */
const nobodyText = ({ command }: Terminal): Shown => {
  const how = command('settings', 'set', '--network-allow', '192.168.1.20');
  const own = command('settings', 'addresses');
  return shown`Nothing can come in yet. Say which machines may post: ${how}\nThis PC's own networks: ${own}\n`;
};

/** The listener is opened after the setting is kept: where it is then, or why it is not there. */
async function networkText({ client, command }: Terminal): Promise<Shown> {
  for (let looks = 0; looks < 10; looks += 1) {
    const { lan } = (await client.call('situation.get', {})).intake;
    if (lan !== null) {
      const certificate = lan.fingerprint === null ? '' : `, with the certificate ${lan.fingerprint}`;
      return shown`\nOther machines post to ${lan.address}${intakePaths.events}${certificate}.\n`;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return shown`\nIt does not listen there yet. What is wrong: ${command('doctor')}\n`;
}

const certificateText = ({ name, issuer, expiresAt, fingerprint }: TrustedCertificate): string =>
  `${name}, of ${issuer}, until ${new Date(expiresAt).toISOString().slice(0, 10)} (${fingerprint})`;

/** Where events are taken now: `--port`, a port that was taken, or a change that waits for a start make it another one. */
const portInUse = async (client: Terminal['client']): Promise<number> =>
  Number(new URL((await client.call('situation.get', {})).intake.address).port);

function settingsText(settings: Settings, port: number, certificates: readonly TrustedCertificate[]): Shown {
  const { lan, proxy, propertyId, propertyName } = settings;
  const name = propertyName === '' ? '' : ` (${propertyName})`;
  const https = lan.tls ? 'HTTPS' : 'plain HTTP, which anybody on the network can read';
  const from = lan.allow.length === 0 ? 'nobody yet: see --network-allow' : lan.allow.join(', ');
  return facts([
    ['Property', propertyId === null ? 'none: each event or its source has to name one' : `${propertyId}${name}`],
    ['Time zone', settings.timeZone],
    ['Currency', settings.currency],
    ...retentionText(settings),
    ['Dates and money', `written as in ${settings.locale}`],
    ['Proxy', proxy === 'system' ? "the system's" : proxy],
    ['Plain HTTP', settings.plainLoopback ? 'allowed to programs on this very PC' : 'never'],
    ['Notices', noticesText(settings.notify)],
    ['Internet check', internetCheckText(settings.internetCheck)],
    ['Trusts too', certificates.length === 0 ? 'none' : certificates.map(certificateText).join('; ')],
    [
      'Port',
      port === settings.intakePort ? String(port) : `${settings.intakePort} in the settings; in use now: ${port}`,
    ],
    ['More names of this PC', settings.intakeHosts.length === 0 ? 'none' : settings.intakeHosts.join(', ')],
    [
      'Other machines',
      lan.enabled ? `may post to ${lan.host}:${lan.port} over ${https}; allowed: ${from}` : 'may not post',
    ],
  ]);
}

const noticesText = ({ language, quietHours: { enabled, from, to } }: Settings['notify']): string =>
  `in ${language === 'fil' ? 'Filipino' : 'English'} to endpoints with relay.* events${enabled ? `, not from ${from} to ${to}` : ''}`;

/** Which addresses are asked whether the internet is there, and what is expected of each. */
function internetCheckText(setting: Settings['internetCheck']): string {
  const asked = checksOf(setting);
  if (asked.length === 0) return "off: only the endpoints' own hosts tell";
  const list = asked.map(({ address, expects }) =>
    expectedStatus(expects) === null ? `${address} (a known text)` : `${address} (${expects})`,
  );
  return `${setting.use === 'standard' ? 'the built-in addresses' : 'own addresses'}: ${list.join(', ')}`;
}
