/** What the engine obeys (decision 27), one row a setting, so that a new one needs no migration. */
import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { RelayError } from '../../../shared/api.ts';
import type { Actor } from '../../../shared/domain.ts';
import { refuseEndlessQuiet } from '../../../shared/quiet-hours.ts';
import { recommendedRetention, type Settings, settings as settingsSchema } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { SettingsChange, SettingsStore } from '../context.ts';
import { isClosed, type Vault } from '../ports.ts';
import { allowList } from './allow-list.ts';
import type { WriteHandle } from './connection.ts';
import type { GroupCommit } from './group-commit.ts';
import { hostList } from './host-list.ts';
import { refuseUnusableChecks } from './internet-check.ts';
import { createMetaTable, settingPrefix } from './meta.ts';
import { refuseUnusableProxy } from './proxy-address.ts';
import { createProxyPassword } from './proxy-password.ts';

/**
 * Defaults of a new property; the composition root may give others (the port asked for, the PC's time zone). Whoever sets
 * `ROOST_RELAY_INTERNET_CHECK=off` before the first start lets nobody be asked whether the internet is there.
 */
export function defaultSettings(): Settings {
  return {
    propertyId: null,
    propertyName: '',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    currency: 'PHP',
    locale: 'en-GB',
    retentionDays: recommendedRetention.retentionDays,
    keep: recommendedRetention.keep,
    privacyRules: [],
    proxy: 'system',
    internetCheck: { use: process.env.ROOST_RELAY_INTERNET_CHECK === 'off' ? 'off' : 'standard', own: [] },
    caPem: null,
    notify: { language: 'en', quietHours: { enabled: false, from: '22:00', to: '07:00' } },
    plainLoopback: false,
    intakePort: 4780,
    intakeHosts: [],
    lan: { enabled: false, host: '0.0.0.0', port: 4782, allow: [], tls: true },
  };
}

export function createSettingsStore(
  writer: WriteHandle,
  commit: GroupCommit,
  recordAct: (actor: Actor, act: string, target: string | null, detail?: object) => void,
  vault: Vault,
  firstDefaults: Settings = defaultSettings(),
  /** Told of each setting that cannot be read, and is at its default. */
  unreadable: (name: string) => void = () => {},
): SettingsStore {
  const meta = createMetaTable(writer);
  const scrubAudit = writer.prepare("UPDATE audit SET detail = replace(detail, ?, ?) WHERE act = 'settings.change'");
  const listeners = new Set<(settings: Settings) => void>();
  const password = createProxyPassword(writer, vault);
  /** Once a start. */
  const told = new Set<string>();
  let defaults = firstDefaults;
  let current = read();
  let proxy: string | null = null;

  function read(): Settings {
    const merged: Record<string, unknown> = { ...defaults };
    for (const { name, value } of meta.settings()) {
      // A setting that an older or newer version wrote in another shape falls back to its default.
      const shape = settingsSchema.shape[name as keyof Settings];
      const parsed = shape?.safeParse(parsedRow(value));
      if (parsed?.success) merged[name] = parsed.data;
      else if (shape !== undefined && !told.has(name)) {
        told.add(name);
        unreadable(name);
      }
    }
    return settingsSchema.parse(merged);
  }

  return {
    current: () => current,
    proxyAddress() {
      // Not remembered while the vault is locked: it may open later.
      if (isClosed(vault)) return password.reveal(current.proxy);
      proxy ??= password.reveal(current.proxy);
      return proxy;
    },
    async sealProxyPassword() {
      if (isClosed(vault) || password.reveal(current.proxy) !== current.proxy) return;
      await commit.transact(() => {
        const kept = password.keep(current.proxy);
        if (kept === current.proxy) return;
        meta.put(`${settingPrefix}proxy`, JSON.stringify(kept));
        scrubAudit.run(inJson(current.proxy), inJson(kept));
      });
      current = read();
    },
    async change(asked, actor) {
      const change = asked.intakeHosts === undefined ? asked : { ...asked, intakeHosts: hostList(asked.intakeHosts) };
      refuseUnknownTimeZone(change.timeZone);
      refuseEndlessQuiet(change.notify?.quietHours, 'notify.quietHours');
      if (change.proxy !== undefined && change.proxy !== current.proxy) refuseUnusableProxy(change.proxy);
      refuseUnusableChecks(change.internetCheck);
      refuseNoAddress(change.lan?.host);
      allowList(change.lan?.allow ?? []);
      await commit.transact(() => {
        const kept = change.proxy === undefined ? change : { ...change, proxy: password.keep(change.proxy) };
        for (const [name, value] of Object.entries(kept)) {
          if (value !== undefined) meta.put(`${settingPrefix}${name}`, JSON.stringify(value));
        }
        recordAct(actor, 'settings.change', null, withFingerprints(kept));
      });
      current = read();
      proxy = null;
      for (const listener of listeners) listener(current);
      return current;
    },
    defaultsTo(changed) {
      defaults = { ...defaults, ...changed };
      current = read();
      for (const listener of listeners) listener(current);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Undefined where a row was damaged. */
function parsedRow(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** Who looks back wants to know which certificates it were, not their text. */
const withFingerprints = ({ caPem, ...rest }: SettingsChange): object =>
  caPem === undefined ? rest : { ...rest, caPem: caPem === null ? null : fingerprintsIn(caPem) };

const fingerprintsIn = (pem: string): string[] =>
  pem.split(/(?<=-----END [A-Z0-9 ]*CERTIFICATE-----\n)/).map((one) => new X509Certificate(one).fingerprint256);

/** As a text stands inside JSON. */
const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** An empty one: none was chosen yet. */
function refuseNoAddress(host: string | undefined): void {
  if (host === undefined || host === '' || isIP(host) !== 0) return;
  throw new RelayError('bad_input', sentence('problem.lan_host', { host }), { member: 'lan.host' });
}

function refuseUnknownTimeZone(timeZone: string | undefined): void {
  if (timeZone === undefined) return;
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch (cause) {
    throw new RelayError('bad_input', sentence('problem.time_zone', { timeZone }), {
      member: 'timeZone',
      cause,
    });
  }
}
