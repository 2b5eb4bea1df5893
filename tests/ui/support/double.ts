/**
 * A client without an engine: every call of the contract, answered from sample data, the answer parsed by the
 * contract's own schema so that the double can never say what the engine could not.
 */
import {
  type CallError,
  type CallInput,
  type CallName,
  type CallOutput,
  calls,
  type ErrorCode,
  type Push,
  type RelayClient,
} from '../../../shared/api.ts';
import { utcMs } from '../../../shared/domain.ts';
import { callErrorOf, RelayError } from '../../../shared/errors.ts';
import type { Preferences, Settings, Situation } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { idOf, morning, sampleDeliveries, sampleSituation } from './sample-data.ts';

type Handlers = { readonly [Name in CallName]?: (input: CallInput<Name>) => unknown };

export interface Double extends RelayClient {
  /** Every call so far, in order. */
  readonly made: readonly { readonly name: CallName; readonly input: unknown }[];
  /** Lets the engine say something by itself. */
  push(push: Push): void;
  /** Answers a call differently from now on; throw `refusal(…)` for an error. */
  answer<Name extends CallName>(name: Name, handler: (input: CallInput<Name>) => unknown): void;
}

class Refusal extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly member: string | undefined;
  constructor(code: ErrorCode, message: string, detail?: string, member?: string) {
    super(message);
    this.code = code;
    this.detail = detail;
    this.member = member;
  }
}
export const refusal = (code: ErrorCode, message: string, detail?: string, member?: string): Error =>
  new Refusal(code, message, detail, member);

export const samplePreferences = (): Preferences => ({
  language: 'en',
  theme: 'light',
  dense: false,
  startAtLogin: true,
  keepAwake: 'ask',
  toasts: true,
  quietHours: { enabled: true, from: '22:00', to: '06:00' },
  updateFeed: '',
});

export const sampleSettings = (): Settings => ({
  propertyId: 'prop_baybreeze',
  propertyName: 'Bay Breeze Hotel',
  timeZone: 'Asia/Manila',
  currency: 'PHP',
  locale: 'en-GB',
  retentionDays: 90,
  keep: { payloadDays: 90, answerDays: 90, refusedDays: 90, auditDays: 365, exportDays: null, backupDays: null },
  privacyRules: [],
  proxy: 'system',
  internetCheck: { use: 'standard', own: [] },
  caPem: null,
  plainLoopback: false,
  notify: { language: 'en', quietHours: { enabled: false, from: '22:00', to: '07:00' } },
  intakePort: 4780,
  intakeHosts: [],
  lan: { enabled: false, host: '', port: 4782, allow: [], tls: true },
});

/** A double that starts with this situation. */
export function createDouble(situation: Situation = sampleSituation()): Double {
  const listeners = new Set<(push: Push) => void>();
  const made: { name: CallName; input: unknown }[] = [];
  const handlers = new Map(Object.entries(sampleHandlers(situation))) as Map<string, (input: never) => unknown>;
  return {
    made,
    push: (push) => {
      for (const listener of listeners) listener(push);
    },
    answer: (name, handler) => handlers.set(name, handler as (input: never) => unknown),
    onPush: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async call<Name extends CallName>(name: Name, input: CallInput<Name>) {
      made.push({ name, input });
      const handler = handlers.get(name);
      if (!handler) return { ok: false, error: errorOf('not_possible', `The double does not answer ${name}.`) };
      try {
        const parsed = calls[name].input.parse(input);
        const value = calls[name].output.parse(await handler(parsed as never)) as CallOutput<Name>;
        return { ok: true, value };
      } catch (problem) {
        if (problem instanceof RelayError) return { ok: false, error: callErrorOf(problem) };
        const code = problem instanceof Refusal ? problem.code : 'internal';
        const detail = problem instanceof Refusal ? problem.detail : undefined;
        const member = problem instanceof Refusal ? problem.member : undefined;
        const message = (problem as Error).message;
        return {
          ok: false,
          error: {
            ...errorOf(code, message),
            ...(detail !== undefined && { detail }),
            ...(member !== undefined && { member }),
          },
        };
      }
    },
  };
}

/** A sentence that no catalogue has is shown as it is. */
const errorOf = (code: ErrorCode, message: string): CallError => ({
  code,
  message,
  says: { key: message, params: {} },
});

function sampleHandlers(situation: Situation): Handlers {
  let settings = sampleSettings();
  let preferences = samplePreferences();
  let sources = situation.sources;
  const endpointOf = (id: string) => situation.endpoints.find((one) => one.id === id) ?? missing();
  const sourceOf = (id: string) => sources.find((one) => one.id === id) ?? missing();
  const access = (id: string, name: string) => ({
    id,
    name,
    token: 'rr_7Hq2mXv0c9TzKpLd4sWb8yNfRgJe',
    url: `${situation.intake.address}/v1/events`,
    secretUrl: `${situation.intake.address}/v1/in/Zk3vQ9xR1tUw7pLm`,
  });
  return {
    'lock.get': () => ({
      pin: false,
      lockAfterMinutes: null,
      locked: false,
      triesLeft: 5,
      closedUntil: null,
      timeZone: situation.timeZone,
      says: null,
      tone: 'still',
      hidingKey: null,
    }),
    'situation.get': () => ({ ...situation, sources }),
    'endpoints.list': () => situation.endpoints,
    'endpoints.get': ({ id }) => endpointOf(id),
    'endpoints.tryNow': ({ id }) => ({
      ...endpointOf(id),
      tried: null,
      says: { key: 'problem.try_nothing_waits', params: { name: endpointOf(id).name } },
    }),
    'relay.pause': () => null,
    'relay.resume': () => null,
    'deliveries.list': ({ filter }) => {
      const rows = sampleDeliveries().filter((row) => !filter?.states || filter.states.includes(row.state));
      return { rows, next: null, newest: null, complete: true };
    },
    'deliveries.get': ({ id }) => sampleDeliveries().find((row) => row.id === id) ?? missing(),
    'deliveries.count': () => ({
      total: sampleDeliveries().length,
      byEndpoint: situation.endpoints.map(({ id, name }) => ({ endpointId: id, name, count: 7 })),
      cannot: [],
    }),
    'deliveries.newer': () => ({ count: 0, more: false }),
    'sources.list': ({ revoked }) => sources.filter((one) => revoked || one.revokedAt === null),
    'sources.add': ({ name, propertyId }) => {
      const id = idOf('src_', sources.length + 1);
      sources = [
        ...sources,
        {
          ...sourceOf(idOf('src_', 2)),
          id,
          name,
          propertyId: propertyId ?? null,
          quietSince: null,
          lastEventAt: null,
        } as (typeof sources)[number],
      ];
      return access(id, name);
    },
    'sources.change': ({ id, name }) => {
      sources = sources.map((one) => (one.id === id ? { ...one, name: name ?? one.name } : one));
      return sourceOf(id);
    },
    'sources.replaceToken': ({ id }) => access(id, sourceOf(id).name),
    'sources.revoke': ({ id }) => {
      sources = sources.map((one) => (one.id === id ? { ...one, revokedAt: morning } : one));
      return sourceOf(id);
    },
    'sources.sayGone': ({ id }) => {
      sources = sources.map((one) => (one.id === id ? { ...one, health: { ...one.health, away: null } } : one));
      return sourceOf(id);
    },
    'sources.dropFiles': ({ id }) => {
      sources = sources.map((one) => (one.id === id ? { ...one, health: { ...one.health, files: null } } : one));
      return { dropped: 1 };
    },
    'sources.refusals': () => [sampleRefusal()],
    'refusals.get': ({ id }) => ({
      ...sampleRefusal(),
      id,
      sizeBytes: 61,
      request: {
        ...{ method: 'POST', path: '/v1/events', address: '127.0.0.1', lines: false },
        headers: { 'content-type': 'application/json', 'user-agent': 'FrontDesk/3.1' },
      },
      body: '{"event":"booking.created","data":{"booking_id":"bk_1"},"x":1}',
    }),
    'refusals.retry': () => ({ events: [{ id: idOf('evt_', 9), duplicate: false, masked: 0 }] }),
    'export.start': ({ format }) =>
      jobOf({ kind: 'export', total: 28, done: 12, file: `/home/desk/deliveries.${format}` }),
    'backup.start': ({ file }) => jobOf({ kind: 'backup', file: file ?? '/home/desk/roost-relay.backup' }),
    'backup.list': () => ({
      backups: [
        { file: 'nightly 2026-11-23T03-00-00.db', kind: 'nightly', at: morning - 20_000_000, sizeBytes: 4_200_000 },
      ],
      pending: false,
      lastRestore: null,
    }),
    'backup.restore': ({ file }) => ({
      file: file ?? '',
      holds: { madeAt: 0, holdsLog: true, events: 0, waiting: 0, endpoints: 0, lastEventAt: null },
      newer: null,
      carriesOver: false,
      presentDamaged: false,
      cutOff: null,
      setUp: { endpoints: [], sources: [], changed: [], settings: [], unreadable: false },
      restored: null,
    }),
    'jobs.list': () => [],
    'jobs.get': () => jobOf({ kind: 'export', total: 28, done: 12 }),
    'jobs.download': () => jobOf({ kind: 'export', state: 'done', total: 28, done: 28 }),
    'jobs.cancel': () => jobOf({ kind: 'export', state: 'cancelled', total: 28, done: 12 }),
    'settings.get': () => settings,
    'settings.certificates': () =>
      settings.caPem === null
        ? []
        : [
            {
              ...{ name: 'Lobby Firewall Inspection', issuer: 'Lobby Firewall', expiresAt: morning + 31_536_000_000 },
              fingerprint: 'AB:CD:EF:01',
            },
          ],
    'settings.addresses': () => [{ address: '192.168.1.20', network: 'Ethernet' }],
    'settings.change': ({ change }) => {
      settings = { ...settings, ...(change as Partial<Settings>) };
      return settings;
    },
    'preferences.get': () => preferences,
    'preferences.change': ({ change }) => {
      preferences = { ...preferences, ...(change as Partial<Preferences>) };
      return preferences;
    },
    'audit.list': () => ({
      rows: [
        {
          at: morning - 3_600_000,
          account: 'Ana',
          surface: 'window',
          act: 'endpoints.pause',
          target: 'Dashboard',
          detail: {},
        },
        {
          at: morning - 7_200_000,
          account: 'helper',
          surface: 'command_line',
          act: 'sources.add',
          target: 'Restaurant POS',
          detail: {},
        },
      ],
      next: null,
      newest: null,
      complete: true,
    }),
    'doctor.run': () => [
      {
        name: sentence('doctor.database'),
        state: 'ok',
        says: [sentence('doctor.database.ok')],
        nextStep: null,
      },
      { name: sentence('doctor.clock'), state: 'ok', says: [sentence('doctor.clock.ok')], nextStep: null },
    ],
    'surface.info': () => ({
      surface: 'desktop',
      platform: 'linux',
      version: '1.0.0',
      program: 'roost-relay',
      loginItemWorks: true,
      tray: true,
      update: null,
    }),
    'surface.chooseFile': ({ name }) => ({ file: `/home/desk/${name}` }),
    'surface.restartEngine': () => null,
    'surface.installUpdate': () => null,
    'surface.savePdf': ({ file }) => ({ file }),
    'surface.showFile': () => null,
    'surface.openExternal': () => null,
    'surface.copy': () => null,
    'surface.showing': () => null,
  };
}

const sampleRefusal = () => ({
  id: 12,
  at: morning - 93_600_000,
  sourceId: idOf('src_', 1),
  status: 400,
  member: 'data.nights',
  says: sentence('refusal.expected_object', { member: 'data.nights', foundType: 'number' }),
  ...{ file: null, times: 1, takenAt: null, hasBody: true },
});

function missing(): never {
  throw refusal('not_found', 'There is no such thing.');
}

function jobOf(more: Record<string, unknown>) {
  return {
    id: idOf('job_', 1),
    state: 'running',
    endpointId: null,
    total: null,
    done: 0,
    delivered: 0,
    failed: 0,
    startedAt: utcMs(morning),
    endedAt: null,
    file: null,
    sizeBytes: null,
    problem: null,
    ...more,
  };
}
