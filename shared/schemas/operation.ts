/** What the product is operated with: jobs, test sends, settings, preferences, audit, doctor. */
import { z } from 'zod';
import { columnsOf, type ExportColumn, exportWhats } from '../export-columns.ts';
import { isLocale } from '../locale.ts';
import { sentence as said } from '../sentences/sentence.ts';
import { attempt } from './deliveries.ts';
import { deliveryFilter, eventFilter } from './filters.ts';
import { ownPrivacyRule } from './privacy.ts';
import { restored, setUpSince } from './situation.ts';
import { actor, at, count, endpointId, eventId, jobId, sentence, sessionId } from './values.ts';

export const job = z.object({
  id: jobId,
  kind: z.enum(['resend', 'past', 'export', 'backup']),
  state: z.enum(['running', 'paused', 'done', 'cancelled', 'failed']),
  /** Of events from before: where they are sent; null of other kinds. */
  endpointId: endpointId.nullable(),
  total: count.nullable(),
  done: count,
  /** Of a resend or events from before: how many were delivered, and how many were not at their first try. */
  delivered: count,
  failed: count,
  startedAt: at,
  endedAt: at.nullable(),
  file: z.string().nullable(),
  sizeBytes: count.nullable(),
  /** Why it failed. */
  problem: sentence.nullable(),
});
export type Job = z.output<typeof job>;

export const backupKinds = ['hourly', 'nightly', 'asked_for'] as const;

/** The backups in the data folder, newest first, and what became of restoring. */
export const backups = z.object({
  backups: z.array(z.object({ file: z.string(), kind: z.enum(backupKinds), at, sizeBytes: count })),
  /** True while a restored one waits for the next start. */
  pending: z.boolean(),
  /** Where the data that the last restore replaced is kept; null where there was none. */
  lastRestore: z.object({ at, keptIn: z.string() }).nullable(),
});
/** What a backup holds, read from it. */
export const backupHolds = z.object({
  madeAt: at,
  /** False: settings and what was undelivered alone. */
  holdsLog: z.boolean(),
  events: count,
  /** Deliveries that waited or needed a person. */
  waiting: count,
  endpoints: count,
  lastEventAt: at.nullable(),
});
export type BackupHolds = z.output<typeof backupHolds>;

/** A backup that is, or would be, restored. */
export const chosenBackup = z.object({
  file: z.string(),
  holds: backupHolds,
  /** A newer one that lacks the log, where the best was asked for. */
  newer: z.object({ file: z.string(), holds: backupHolds }).nullable(),
  /** Whether what can still be read of the present data is carried over: it is damaged, or what became of damaged data. */
  carriesOver: z.boolean(),
  /** Whether it is: else it is whole, and what is carried over was carried over before. */
  presentDamaged: z.boolean(),
  /** A restore was cut off, and is finished before anything else: one of this backup, or of another. */
  cutOff: z.enum(['this', 'other']).nullable(),
  /** What of the present set-up is not in it. */
  setUp: setUpSince,
  /** What became of it, where it has taken the data's place already. */
  restored: restored.nullable(),
});
export type ChosenBackup = z.output<typeof chosenBackup>;

export type Backup = z.output<typeof backups>['backups'][number];

export const exportFormats = ['csv', 'jsonl', 'xlsx'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportColumn = z.enum([...new Set(exportWhats.flatMap((what) => columnsOf(what)))] as [
  ExportColumn,
  ...ExportColumn[],
]);

/** Whose rows, in which form; the filter of deliveries is for their attempts too, events have their own. */
const exportChoice = {
  what: z.enum(exportWhats).default('deliveries'),
  filter: deliveryFilter.default({}),
  eventFilter: eventFilter.default({}),
  format: z.enum(exportFormats),
  /** All unless given, in the order in which they are given. */
  columns: z.array(exportColumn).min(1).max(50).optional(),
};

/** What is exported, and how it looks in the file. */
export const exportRequest = {
  ...exportChoice,
  /** CSV begins with a mark by which Excel knows UTF-8. */
  bom: z.boolean().default(true),
  /** Everything that the PMS said, guests' data included, for a reason that the audit keeps. */
  full: z.strictObject({ reason: z.string().trim().min(5).max(500) }).optional(),
};

export const exportPreviewRequest = { ...exportChoice, full: z.boolean().default(false) };

/** The first rows as they leave; what was taken out stands between the marks of `shared/export-columns.ts`. */
export const exportPreview = z.object({
  /** Empty for JSON Lines, whose rows are a line each. */
  columns: z.array(exportColumn),
  rows: z.array(z.array(z.string())),
});
export type ExportPreview = z.output<typeof exportPreview>;

/** What a test send brought: the attempt as the log keeps it, and the exact body. */
export const testResult = z.object({ ok: z.boolean(), attempt, body: z.string(), eventId });
export type TestResult = z.output<typeof testResult>;

/** `22:00` */
const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'expected a time such as 22:00');

const days = z.number().int().min(1).max(3650);

/** What a new property begins with; an older one keeps what it had until a person agrees. */
export const recommendedRetention = {
  retentionDays: 180,
  keep: { payloadDays: 30, answerDays: 14, refusedDays: 30, auditDays: 365, exportDays: 30, backupDays: 90 },
} as const;

/** What would be removed now, were retention to go by some days. */
export const retentionLook = z.object({
  /** Whole events, with their deliveries. */
  events: count,
  /** Events of which only the facts stay. */
  payloads: count,
  answers: count,
  refused: count,
  acts: count,
  files: count,
});
export type RetentionLook = z.output<typeof retentionLook>;

/** What the engine obeys (kept in SQLite). The desktop's own preferences are `preferences`. */
export const settings = z.strictObject({
  propertyId: z.string().min(1).max(100).nullable(),
  propertyName: z.string().max(200),
  timeZone: z.string().min(1).max(100),
  currency: z
    .string()
    .length(3)
    .superRefine((currency, context) => {
      if (/^[A-Z]{3}$/.test(currency)) return;
      const says = said('problem.currency', { member: 'currency', currency });
      context.addIssue({ code: 'custom', params: { says } });
    }),
  /** How dates, nights and money are written in messages and templates: BCP 47. */
  locale: z
    .string()
    .max(35)
    .superRefine((locale, context) => {
      if (isLocale(locale)) return;
      context.addIssue({ code: 'custom', params: { says: said('problem.locale', { member: 'locale', locale }) } });
    }),
  /** Events with all their facts, once they have arrived: older ones are removed at night; what waits never is. */
  retentionDays: days,
  /** What goes before its event does, and what lies beside the events. */
  keep: z.strictObject({
    /** What an event said; then its hash and its facts. */
    payloadDays: days,
    /** What receivers answered. */
    answerDays: days,
    /** Refused requests, and messages of sources that were settled. */
    refusedDays: days,
    /** Who did what. */
    auditDays: days,
    /** Files of the data folder's `exports`; null: without an end. */
    exportDays: days.nullable(),
    /** Backups in the data folder that a person asked for; null: without an end. */
    backupDays: days.nullable(),
  }),
  /** The property's own rules of what leaves of an event, before the built-in ones. */
  privacyRules: z.array(ownPrivacyRule).max(200),
  /** `system`, `none`, or an address such as `http://proxy.hotel.local:3128`. */
  proxy: z.string().max(500),
  /** What is asked whether the internet is there, once something failed on its way (`shared/internet-check.ts`). */
  internetCheck: z.strictObject({
    /** `standard`: the built-in addresses; `off`: none, so that only the endpoints' own hosts tell. */
    use: z.enum(['standard', 'own', 'off']),
    own: z
      .array(z.strictObject({ address: z.string().trim().max(500), expects: z.string().trim().min(1).max(500) }))
      .max(5),
  }),
  /** PEM: authorities that every endpoint is trusted by beside the system's; null where there is none of the property's own. */
  caPem: z.string().max(100_000).nullable(),
  /** How notices are written that go to endpoints (`shared/notices.ts`), and when new ones wait. */
  notify: z.strictObject({
    language: z.enum(['en', 'fil']),
    quietHours: z.strictObject({ enabled: z.boolean(), from: timeOfDay, to: timeOfDay }),
  }),
  /** Whether endpoints may be programs on this very PC over plain HTTP (`shared/plain-loopback.ts`). */
  plainLoopback: z.boolean(),
  intakePort: z.number().int().min(1).max(65535),
  /** More names by which programs call this PC: what their `Host` header says (decision 41). */
  intakeHosts: z.array(z.string().max(253)).max(50),
  /** The opt-in listener for a PMS on another machine of the property. */
  lan: z.strictObject({
    enabled: z.boolean(),
    host: z.string().max(100),
    port: z.number().int().min(1).max(65535),
    allow: z.array(z.string().max(100)).max(50),
    tls: z.boolean(),
  }),
});
export type Settings = z.output<typeof settings>;

/** An authority of the settings' `caPem`, as a person tells it from another. */
export const trustedCertificate = z.object({
  name: z.string(),
  issuer: z.string(),
  expiresAt: at,
  /** SHA-256, as pairs of hex digits with colons. */
  fingerprint: z.string(),
});
export type TrustedCertificate = z.output<typeof trustedCertificate>;

/** The desktop's own (electron-store); in a browser, kept by the headless bridge. */
export const preferences = z.strictObject({
  language: z.enum(['system', 'en', 'fil']),
  theme: z.enum(['system', 'light', 'dark']),
  dense: z.boolean(),
  startAtLogin: z.boolean(),
  /** Whether this PC stays awake while events wait; `ask` until somebody has said so. */
  keepAwake: z.enum(['ask', 'on', 'off']).default('ask'),
  toasts: z.boolean(),
  quietHours: z.strictObject({ enabled: z.boolean(), from: z.string().max(5), to: z.string().max(5) }),
  updateFeed: z.string().max(500),
});
export type Preferences = z.output<typeof preferences>;

/**
 * What became of looking for updates. `not_allowed`: the build takes none from this address; `unsigned`: this build
 * could not check an update's signature; `not_signed`: what is offered there is not the publisher's; `not_here`: this
 * kind of installation is updated by something else.
 */
export const updateStates = [
  'off',
  'looking',
  'newest',
  'fetching',
  'ready',
  'failed',
  'not_allowed',
  'unsigned',
  'not_signed',
  'not_here',
] as const;

export const update = z.object({
  state: z.enum(updateStates),
  /** The version that is being fetched, is ready, or failed; else null. */
  version: z.string().nullable(),
  /** When the feed was last asked; null where it was not. */
  at: at.nullable(),
  /** What went wrong, for the IT helper; else null. */
  problem: z.string().nullable(),
  /** The addresses that this build takes updates from. */
  feeds: z.array(z.string()),
});
export type Update = z.output<typeof update>;

export const surfaceInfo = z.object({
  surface: z.enum(['desktop', 'browser']),
  platform: z.string(),
  version: z.string(),
  /** What the command line is called on this PC, so that a command that is shown can be pasted as it stands. */
  program: z.string(),
  /** False where the system has switched the app's autostart off, or none is to be had. */
  loginItemWorks: z.boolean().nullable(),
  tray: z.boolean().nullable(),
  /** Null where something else than the app itself brings updates. */
  update: update.nullable(),
});
export type SurfaceInfo = z.output<typeof surfaceInfo>;

/** A browser that the window is open in. */
export const windowSession = z.object({
  id: sessionId,
  /** What it calls itself. */
  browser: z.string(),
  openedAt: at,
  usedAt: at,
  /** When it runs out, unless it is used. */
  endsAt: at,
});
export type WindowSession = z.output<typeof windowSession>;

export const auditEntry = z.object({
  at,
  ...actor.shape,
  act: z.string(),
  target: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});

export const doctorCheck = z.object({
  name: sentence,
  state: z.enum(['ok', 'warning', 'problem']),
  /** One sentence after the other. */
  says: z.array(sentence),
  nextStep: sentence.nullable(),
});

/** A file of a support bundle; of a long one the beginning. */
export const supportFile = z.object({ name: z.string(), sizeBytes: count, text: z.string() });
