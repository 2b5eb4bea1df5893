/**
 * The contract between the engine and whoever operates it: every call with its input and output, every push
 * with its payload. The preload client, the IPC router, the headless bridge, the command line's control
 * routes and the test doubles are derived from this file.
 */
import { z } from 'zod';
import type { Result } from './errors.ts';
import * as s from './schemas.ts';
import { fileFormats } from './source-kinds/file-form.ts';
import { addedSourceKinds } from './source-kinds/index.ts';
import { shapingChange } from './source-shaping.ts';

export * from './errors.ts';

/** One call: `input` is an object, refused by name where a member is unknown; `output` is a plain value. */
export interface CallSchema<Input extends z.ZodType, Output extends z.ZodType> {
  readonly input: Input;
  readonly output: Output;
  /** Asks the log alone: the reader thread answers it, beside the deliveries. */
  readonly ofLog?: true;
}

const call = <I extends z.ZodRawShape, O extends z.ZodType>(input: I, output: O) => ({
  input: z.strictObject(input),
  output,
});
/** Changes nothing. */
const reads = call;
/** Changes nothing, and asks the log alone: see {@link CallSchema.ofLog}. */
const readsLog = <I extends z.ZodRawShape, O extends z.ZodType>(input: I, output: O) => ({
  ...call(input, output),
  ofLog: true as const,
});
const recorded = new Set<object>();
/** Is recorded, with who did it. */
const acts: typeof call = (input, output) => {
  const made = call(input, output);
  recorded.add(made);
  return made;
};
const nothing = z.null();
const onEndpoint = { id: s.endpointId };
/** A person has read what a refusal with `not_confirmed` says, and wants it all the same. */
const confirmed = { confirmed: z.boolean().default(false) };

/** Calls that the engine answers, on every surface. */
export const engineCalls = {
  'situation.get': reads({}, s.situation),

  'endpoints.list': reads({ removed: z.boolean().default(false) }, z.array(s.endpoint)),
  'endpoints.get': reads(onEndpoint, s.endpoint),
  'endpoints.statistics': readsLog(onEndpoint, s.endpointStatistics),
  /**
   * As a draft. The secret is in the answer, so that it can be handed to the receiver. Refused with `not_confirmed` where
   * another endpoint has the same address (everything would arrive there twice), or it listens only for a test.
   */
  'endpoints.add': acts(
    { endpoint: s.endpointDraft, ...confirmed },
    z.object({ endpoint: s.endpoint, secret: z.string() }),
  ),
  /** A changed address makes the last test send void; the endpoint keeps its switch. An address as in `endpoints.add`. */
  'endpoints.change': acts({ ...onEndpoint, change: s.endpointChange, ...confirmed }, s.endpoint),
  /** `next`: signed as after the switch of a rotation. `body`: instead of the subscribed event's sample. */
  'endpoints.test': acts(
    {
      ...onEndpoint,
      event: s.eventType.optional(),
      /** A JSON object, sent byte for byte. */
      dataText: z.string().max(1_000_000).optional(),
      next: z.boolean().default(false),
    },
    s.testResult,
  ),
  /** What it would send of an event, whether or not it is set up so: for a form, as one types. */
  'endpoints.preview': reads(s.previewRequest, s.preview),
  /** Members that the last events of these types have, for whoever writes a rule; of all types unless given. */
  'endpoints.members': readsLog({ events: z.array(s.eventType).optional() }, z.array(s.eventMember)),
  /** Refused with `not_tested` until a test send has succeeded, unless `override`, which the audit records. */
  'endpoints.enable': acts({ ...onEndpoint, override: z.boolean().default(false) }, s.endpoint),
  'endpoints.pause': acts({ ...onEndpoint, until: s.at.nullable().default(null) }, s.endpoint),
  'endpoints.resume': acts(onEndpoint, s.endpoint),
  /** Soft: waiting deliveries become cancelled; `restore` brings both back. */
  'endpoints.remove': acts(onEndpoint, z.object({ cancelled: z.number().int() })),
  'endpoints.restore': acts({ ...onEndpoint, ...confirmed }, s.endpoint),
  /** Sends the oldest waiting delivery now; of a failing endpoint it is the trial. */
  'endpoints.tryNow': acts(onEndpoint, s.triedEndpoint),
  /**
   * "Send everything that waits": what waits becomes due now, in order, at the endpoint's pace. `held`: why nothing of it
   * goes out at once; null where it does.
   */
  'endpoints.sendWaiting': acts(onEndpoint, z.object({ deliveries: z.number().int(), held: s.sentence.nullable() })),
  /** How many events from before the endpoint has not had, and what is left out. */
  'endpoints.countPast': reads({ ...onEndpoint, filter: s.pastFilter.prefault({}) }, s.pastCount),
  /** Sends them: oldest first, each as a normal delivery with its own event id, at the endpoint's pace. */
  'endpoints.sendPast': acts({ ...onEndpoint, filter: s.pastFilter.prefault({}) }, s.job),
  'endpoints.revealAddress': acts(onEndpoint, z.object({ url: z.string() })),
  'endpoints.revealSecret': acts(onEndpoint, z.object({ secret: z.string(), next: z.string().nullable() })),
  'endpoints.revealHeader': acts({ ...onEndpoint, name: z.string() }, z.object({ value: z.string() })),
  /** Replaces what cannot be read any more, all of it in one act: a secret at once and without an overlap. */
  'endpoints.enterAgain': acts({ ...onEndpoint, entered: s.enteredAgain, ...confirmed }, s.endpoint),
  'endpoints.rotate': acts(
    {
      ...onEndpoint,
      secret: z.string().max(200).optional(),
      overlapMs: z.number().int().min(0).max(2_592_000_000).default(86_400_000),
    },
    z.object({ endpoint: s.endpoint, secret: z.string() }),
  ),
  'endpoints.finishRotation': acts(onEndpoint, s.endpoint),
  'endpoints.cancelRotation': acts(onEndpoint, s.endpoint),

  'deliveries.list': readsLog({ filter: s.deliveryFilter.default({}), ...s.stretchRequest }, s.pageOf(s.deliveryRow)),
  /** How many rows of this filter are newer than a page's `newest`; counted up to 1,000. */
  'deliveries.newer': readsLog(
    { filter: s.deliveryFilter.default({}), than: z.string().max(200) },
    z.object({ count: z.number().int(), more: z.boolean() }),
  ),
  'deliveries.get': readsLog({ id: s.deliveryId }, s.delivery),
  'deliveries.count': readsLog(
    { filter: s.deliveryFilter, forResend: z.boolean().optional() },
    z.object({
      total: z.number().int(),
      byEndpoint: z.array(z.object({ endpointId: s.endpointId, name: z.string(), count: z.number().int() })),
      /** Where it is asked for a resend: how many of them cannot be sent again, and why, the most first. */
      cannot: z.array(z.object({ says: s.sentence, count: z.number().int() })).default([]),
    }),
  ),
  'deliveries.resend': acts({ id: s.deliveryId }, s.deliveryRow),
  'deliveries.resendAll': acts({ filter: s.deliveryFilter }, s.job),
  'deliveries.cancel': acts({ id: s.deliveryId }, s.deliveryRow),
  'deliveries.restore': acts({ id: s.deliveryId }, s.deliveryRow),
  /**
   * What the endpoint holds since it is too old, oldest first. `takenAt`: when the PMS handed it over; `overtaken`: something newer
   * of the same has arrived.
   */
  'held.list': readsLog(
    { endpointId: s.endpointId, limit: z.number().int().min(1).max(500).default(200) },
    z.object({
      rows: z.array(s.deliveryRow.extend({ takenAt: s.at, overtaken: z.boolean() })),
      more: z.boolean(),
    }),
  ),
  /**
   * They go out all the same, in order, at the endpoint's pace: those picked, or all. Of all, what something newer of the
   * same booking, order, item or payment has overtaken stays where it is, unless asked for, and is counted.
   */
  'held.send': acts(
    {
      endpointId: s.endpointId,
      ids: z.array(s.deliveryId).min(1).max(1000).optional(),
      overtaken: z.boolean().default(false),
    },
    z.object({ deliveries: z.number().int(), overtaken: z.number().int() }),
  ),
  /** They are not sent, and say who said so. */
  'held.skip': acts(
    { endpointId: s.endpointId, ids: z.array(s.deliveryId).min(1).max(1000).optional() },
    z.object({ deliveries: z.number().int(), overtaken: z.number().int() }),
  ),
  'relay.pause': acts({ forMs: z.number().int().min(1000).max(604_800_000) }, nothing),
  'relay.resume': acts({}, nothing),
  /**
   * Looks at once whether the internet is there, and lets what waits try; at most three times in two minutes. `says` what
   * came of it; `againAt`: when it can be asked for again, where it was too often.
   */
  'relay.tryNow': acts({}, z.object({ says: s.sentence, state: s.connectivityState, againAt: s.at.nullable() })),

  'events.list': readsLog({ filter: s.eventFilter.default({}), ...s.stretchRequest }, s.pageOf(s.eventRow)),
  /** As `deliveries.newer`. */
  'events.newer': readsLog(
    { filter: s.eventFilter.default({}), than: z.string().max(200) },
    z.object({ count: z.number().int(), more: z.boolean() }),
  ),
  'events.get': readsLog({ id: s.eventId }, s.event),
  /**
   * Sends one event to an endpoint, whether it wants its type or not. Refused with `not_confirmed` where it has had it, or
   * something newer of the same booking, order, item or payment.
   */
  'events.send': acts({ id: s.eventId, endpointId: s.endpointId, ...confirmed }, s.deliveryRow),
  /**
   * The whole story of a guest or booking: events with their deliveries, oldest first, by id or name. `byName`: no
   * booking's id links it to the story, the guest's name alone does.
   */
  'events.story': readsLog(
    { about: z.string().min(1).max(200) },
    z.object({ events: z.array(s.event.extend({ byName: z.boolean() })), complete: z.boolean() }),
  ),
  /** As a PMS would post it; used by `emit` of the command line. */
  'events.emit': acts(
    {
      event: z.string().max(100),
      dataText: z.string().max(1_000_000),
      id: z.string().max(200).optional(),
      timestamp: z.string().max(100).optional(),
      propertyId: z.string().max(200).optional(),
    },
    z.object({ id: s.eventId, duplicate: z.boolean(), masked: z.number().int() }),
  ),

  'sources.list': reads({ revoked: z.boolean().default(false) }, z.array(s.source)),
  'sources.add': acts(
    {
      name: z.string().trim().min(1).max(200),
      propertyId: z.string().trim().min(1).max(200).optional(),
      /** `http` unless given. */
      kind: z.enum(addedSourceKinds).optional(),
      /** As its kind's schema says (`shared/source-kinds/`). */
      config: z.record(z.string().max(100), z.unknown()).optional(),
      shaping: shapingChange.optional(),
      /** What comes is kept, and not taken, until it is switched on. */
      draft: z.boolean().optional(),
    },
    s.sourceAccess,
  ),
  /** Absent members stay as they are, those of `config` too. */
  'sources.change': acts(
    {
      id: s.sourceId,
      name: z.string().trim().min(1).max(200).optional(),
      propertyId: z.string().max(200).nullable().optional(),
      config: z.record(z.string().max(100), z.unknown()).optional(),
      shaping: shapingChange.optional(),
      /** False switches it on; what was kept meanwhile stays until `sources.takeKept`. */
      draft: z.boolean().optional(),
    },
    s.source,
  ),
  /** Its last messages and all that is kept, newest first; without a source, those of all. */
  'sources.messages': reads(
    {
      id: s.sourceId.optional(),
      keptOnly: z.boolean().default(false),
      limit: z.number().int().min(1).max(500).default(50),
    },
    z.array(s.sourceMessage),
  ),
  /** What its last messages become, by its shape or by another that is tried; nothing is stored. */
  'sources.preview': reads(
    { id: s.sourceId, shaping: shapingChange.optional(), limit: z.number().int().min(1).max(50).default(20) },
    z.array(s.messagePreview),
  ),
  /** What would become of everything that is kept; nothing is stored. */
  'sources.tryKept': reads({ id: s.sourceId, shaping: shapingChange.optional() }, s.takenMessages),
  /** Takes in what is kept, oldest first; what still cannot be understood stays. */
  'sources.takeKept': acts({ id: s.sourceId }, s.takenMessages),
  'messages.get': reads({ id: z.number().int() }, s.sourceMessage),
  /** Takes one kept message in, as it is or as a person has mended it; refused with what is wrong where nothing comes of it. */
  'messages.retry': acts(
    { id: z.number().int(), body: z.string().max(1_048_576).optional() },
    z.object({ events: z.array(s.eventId), ignored: s.sentence.nullable() }),
  ),
  /** Lets kept messages go: one, or all of a source. */
  'messages.drop': acts(
    { id: z.number().int().optional(), sourceId: s.sourceId.optional() },
    z.object({ dropped: z.number().int() }),
  ),
  /** The old token and secret path are void at once. */
  'sources.replaceToken': acts({ id: s.sourceId }, s.sourceAccess),
  'sources.revoke': acts({ id: s.sourceId }, s.source),
  /** A person has seen to the unread files of one that is revoked: they are told of no more, wherever they lie. */
  'sources.dropFiles': acts({ id: s.sourceId }, z.object({ dropped: z.number().int() })),
  /** Rows of a watched table that are gone all at once: they are, or are kept until they are there again. */
  'sources.sayGone': acts({ id: s.sourceId, gone: z.boolean() }, s.source),
  /** Whether one can be read as it is, or as it would be with this; nothing is stored. */
  'sources.try': reads(
    {
      id: s.sourceId.optional(),
      kind: z.enum(addedSourceKinds).optional(),
      config: z.record(z.string().max(100), z.unknown()).optional(),
      /** Of one that is not there yet: what its first rows would become by this. */
      shaping: shapingChange.optional(),
    },
    s.sourceTrial,
  ),
  /** Hands in a text by hand, by the source's shape; `notTo`: endpoints that get nothing of it. */
  'sources.paste': acts(
    {
      id: s.sourceId,
      text: z.string().max(1_000_000),
      name: z.string().max(200).default('pasted'),
      format: z.enum(fileFormats).optional(),
      /** Only what it would become. */
      preview: z.boolean().default(false),
      notTo: z.array(s.endpointId).max(100).default([]),
      /** Refused with `not_confirmed` where the same rows were taken in already. */
      ...confirmed,
    },
    s.pastedMessages,
  ),
  'sources.refusals': reads({ id: s.sourceId.optional() }, z.array(s.refusal)),
  'refusals.get': reads({ id: z.number().int() }, s.wholeRefusal),
  /** Takes its events in as its source's; `body` is the mended text, absent: what was kept. Once only. */
  'refusals.retry': acts(
    { id: z.number().int(), body: z.string().max(1_048_576).optional() },
    z.object({ events: z.array(z.object({ id: s.eventId, duplicate: z.boolean(), masked: z.number().int() })) }),
  ),

  'bench.get': reads({}, s.bench),
  'bench.start': acts({}, s.bench),
  'bench.stop': acts({}, s.bench),
  'bench.behave': acts({ behaviour: z.enum(s.benchBehaviours) }, s.bench),
  'bench.clear': acts({}, s.bench),
  /**
   * Points an endpoint at the bench for a time, remembering its own address for `bench.release`. Refused with
   * `not_confirmed` while events are waiting or flowing to it: they would go to the bench and not to its receiver.
   */
  'bench.point': acts(
    {
      ...onEndpoint,
      forMs: z.number().int().min(60_000).max(86_400_000).default(3_600_000),
      ...confirmed,
    },
    s.endpoint,
  ),
  'bench.release': acts(onEndpoint, s.endpoint),
  /** What the bench took is not sent on: it counts as skipped by a person. */
  'bench.leave': acts(onEndpoint, s.endpoint),

  /**
   * `file` is a path the surface's own save dialog gave, or null for the data folder's `exports`. `replace`: a person
   * said that a file of that name may be replaced. A full one is refused with `not_confirmed` until it is.
   */
  'export.start': acts(
    { ...s.exportRequest, file: z.string().max(4096).nullable(), replace: z.boolean().optional(), ...confirmed },
    s.job,
  ),
  /** Its first rows exactly as they would leave. */
  'export.preview': reads(s.exportPreviewRequest, s.exportPreview),
  /** Exports that are made by the clock, in the order in which they were set up. */
  'schedules.list': reads({}, z.array(s.exportSchedule)),
  /** A full one is refused with `not_confirmed` until it is: once, for all that it will write. */
  'schedules.add': acts({ schedule: s.scheduleDraft, ...confirmed }, s.exportSchedule),
  'schedules.change': acts({ id: s.scheduleId, schedule: s.scheduleChange, ...confirmed }, s.exportSchedule),
  /** Writes what is due, or the last day or month that is over once more. */
  'schedules.run': acts({ id: s.scheduleId }, s.job),
  /** What it wrote stays where it is. */
  'schedules.remove': acts({ id: s.scheduleId }, nothing),
  /** By which rules members of an event are treated where they leave; a property's own are `settings.privacyRules`. */
  'privacy.rules': reads({}, z.array(s.privacyRule)),
  'jobs.list': reads({}, z.array(s.job)),
  'jobs.get': reads({ id: s.jobId }, s.job),
  'jobs.pause': acts({ id: s.jobId }, s.job),
  'jobs.resume': acts({ id: s.jobId }, s.job),
  'jobs.cancel': acts({ id: s.jobId }, s.job),
  /** Before a browser fetches the file that a job made. */
  'jobs.download': acts({ id: s.jobId }, s.job),

  'settings.get': reads({}, s.settings),
  'settings.change': acts({ change: s.settings.partial() }, s.settings),
  /** The authorities in `settings.caPem`, readable. */
  'settings.certificates': reads({}, z.array(s.trustedCertificate)),
  /** This PC's own addresses in its networks: what the listener for other machines can be bound to. */
  'settings.addresses': reads({}, z.array(z.object({ address: z.string(), network: z.string() }))),
  /** Whether there is a PIN, and whether this window is locked; answered while it is. */
  'lock.get': reads({}, s.lockState),
  /** Unlocks this window, and for two minutes lets it do what asks for the PIN. */
  'lock.enter': acts({ pin: s.enteredPin }, s.lockState),
  /** Sets or changes it; a window gives the present one where there is one. */
  'lock.setPin': acts({ pin: s.chosenPin, present: s.enteredPin.optional() }, s.lockState),
  'lock.removePin': acts({ present: s.enteredPin.optional() }, s.lockState),
  'lock.change': acts({ lockAfterMinutes: s.lockAfterMinutes }, s.lockState),
  /** Locks this window now. */
  'lock.screen': acts({}, s.lockState),
  /** A person is at this window: a key or a pointer moved. */
  'lock.active': reads({}, nothing),
  /** Browsers that the window is open in, where there is no desktop. */
  'sessions.list': reads({}, z.array(s.windowSession)),
  /** That browser needs a new address from now on. */
  'sessions.end': acts({ id: s.sessionId }, nothing),
  /** Outages of this PC, its networks and of receivers, the latest first. */
  'outages.list': readsLog({ ...s.pageRequest }, s.pageOf(s.outage)),
  /** Who did what, the latest first. */
  'audit.list': readsLog({ filter: s.auditFilter.prefault({}), ...s.pageRequest }, s.pageOf(s.auditEntry)),
  /** The same as a CSV file; `file` and `replace` as for `export.start`. */
  'audit.save': acts(
    { filter: s.auditFilter.prefault({}), file: z.string().max(4096).nullable(), replace: z.boolean().optional() },
    z.object({ file: z.string(), rows: z.number().int(), sizeBytes: z.number().int() }),
  ),
  /** Monday's page: the property's week so many weeks ago; 0 is the present one. */
  'week.report': reads({ back: z.number().int().min(0).max(52).default(1) }, s.weekReport),
  /** What would be removed in the coming night, were it to go by these days: shown before they are saved. */
  'retention.look': reads(
    { retentionDays: s.settings.shape.retentionDays, keep: s.settings.shape.keep },
    s.retentionLook,
  ),
  /** What would be forgotten of a guest without the events of `leaveOut`, and where it lies; changes nothing. */
  'forget.look': reads({ sought: s.sought, leaveOut: s.leaveOut }, s.forgetPreview),
  /** For good; refused with `not_confirmed` until a person has read what has not arrived and what would go. */
  'forget.start': acts({ sought: s.sought, leaveOut: s.leaveOut, ...confirmed }, s.forgetting),
  /** What was asked to be forgotten, the latest first; never whom. */
  'forget.list': reads({}, z.array(s.forgetting)),
  'doctor.run': reads({}, z.array(s.doctorCheck)),
  /** What a support bundle would hold now, file by file; each without guests and secrets. */
  'support.preview': reads({}, z.array(s.supportFile)),
  /** One zip for whoever helps. `file` and `replace` as in `export.start`. */
  'support.save': acts(
    { file: z.string().max(4096).nullable(), replace: z.boolean().optional() },
    z.object({
      file: z.string(),
      sizeBytes: z.number().int(),
      files: z.array(z.string()),
      /** Those of them that could not be read and say only why. */
      unread: z.array(z.string()),
    }),
  ),
  /** With a passphrase the backup carries the secrets under it; without one they are asked for again. */
  'backup.start': acts(
    {
      file: z.string().max(4096).nullable(),
      replace: z.boolean().optional(),
      passphrase: z.string().min(8).max(200).optional(),
    },
    s.job,
  ),
  'backup.list': reads({}, s.backups),
  /**
   * `file`: a path that the surface's own dialog gave, or the name of a backup of the data folder. Takes effect at
   * the engine's next start, after the present data was kept aside; null: the best of those. `look`: only says what it
   * holds.
   */
  'backup.restore': acts(
    {
      file: z.string().max(4096).nullable(),
      passphrase: z.string().max(200).optional(),
      look: z.boolean().optional(),
    },
    s.chosenBackup,
  ),
  /** A backup that was to take the data's place at the next start no longer does. */
  'backup.keepPresent': acts({}, nothing),
  /** What the last restore left to do was done, by a person's word: it is told no more. */
  'backup.restoreDone': acts({}, nothing),
} satisfies Record<string, CallSchema<z.ZodType, z.ZodType>>;

/** Calls that the surface around the engine answers: the desktop's main process, or the headless bridge. */
export const surfaceCalls = {
  'surface.info': reads({}, s.surfaceInfo),
  'preferences.get': reads({}, s.preferences),
  'preferences.change': acts({ change: s.preferences.partial() }, s.preferences),
  /**
   * A save or open dialog, or one for a folder (`name`: the one that is entered); null where the person cancelled. A browser
   * has none: `not_possible`.
   */
  'surface.chooseFile': acts(
    { purpose: z.enum(['export', 'backup', 'restore', 'folder', 'page']), name: z.string().max(4096) },
    z.object({ file: z.string().nullable() }),
  ),
  /** Ends the engine and starts it anew at once, for what takes effect at a start. */
  'surface.restartEngine': acts({}, nothing),
  /** Ends the app, puts the update that is ready in its place and starts that; where none is ready, `not_possible`. */
  'surface.installUpdate': acts({}, nothing),
  /** What the window shows, as it would be printed, into a file that its dialog gave. A browser prints by itself. */
  'surface.savePdf': acts({ file: z.string().max(4096) }, z.object({ file: z.string() })),
  'surface.showFile': acts({ file: z.string().max(4096) }, nothing),
  'surface.openExternal': acts({ url: z.string().max(2000) }, nothing),
  'surface.copy': acts({ text: z.string().max(200_000) }, nothing),
  /** Tells which conditions the window shows now, so that none of them is toasted as well. */
  'surface.showing': acts({ conditions: z.array(z.string().max(200)).max(100), path: z.string().max(2000) }, nothing),
} satisfies Record<string, CallSchema<z.ZodType, z.ZodType>>;

export const calls = { ...engineCalls, ...surfaceCalls };

/** What may have changed; a surface asks again for what it shows. Pushed at most four times a second. */
export const changeTopics = [
  'situation',
  'deliveries',
  'events',
  'endpoints',
  'sources',
  'settings',
  'audit',
  'bench',
  'schedules',
] as const;

export const pushes = {
  changed: z.object({ topics: z.array(z.enum(changeTopics)) }),
  job: s.job,
  benchRequest: s.benchRequest,
  /** To the surface: what a person is to hear of outside the window, and incidents whose notices are to be taken away. */
  notices: z.object({ told: z.array(s.notice), withdrawn: z.array(z.string()) }),
  /** From the surface: a toast or tray entry was clicked; the window goes to this path of its own. */
  navigate: z.object({ path: z.string() }),
  /** From the surface: the engine process is up, or is being restarted after a crash. */
  engine: z.object({ state: z.enum(['running', 'restarting', 'stopped']), problem: s.sentence.nullable() }),
  preferences: s.preferences,
  /** From the surface: something of `surface.info` is different now. */
  surface: s.surfaceInfo,
} satisfies Record<string, z.ZodType>;

export type EngineCallName = keyof typeof engineCalls;
/** Those of them that the reader thread answers. */
export type LogCallName = {
  [Name in EngineCallName]: (typeof engineCalls)[Name] extends { readonly ofLog: true } ? Name : never;
}[EngineCallName];
export type SurfaceCallName = keyof typeof surfaceCalls;
export type CallName = keyof typeof calls;
/** What a caller passes (defaults may be left out), and what the answering side gets. */
export type CallInput<Name extends CallName> = z.input<(typeof calls)[Name]['input']>;
export type ParsedInput<Name extends CallName> = z.output<(typeof calls)[Name]['input']>;
export type CallOutput<Name extends CallName> = z.output<(typeof calls)[Name]['output']>;

export type PushName = keyof typeof pushes;
export type PushPayload<Name extends PushName> = z.output<(typeof pushes)[Name]>;
export type Push = { [Name in PushName]: { readonly name: Name; readonly payload: PushPayload<Name> } }[PushName];

/** After a way to the engine was lost, or another engine process has taken over. */
export const everythingChanged: Push = { name: 'changed', payload: { topics: [...changeTopics] } };

/** A client of the API: the same for preload, browser, command line and test doubles. */
export interface RelayClient {
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<Result<CallOutput<Name>>>;
  /** Returns the function that ends the listening. */
  onPush(listener: (push: Push) => void): () => void;
}

/** The names under which acts of persons are recorded. */
export const recordedActs: readonly CallName[] = (Object.keys(calls) as CallName[]).filter((name) =>
  recorded.has(calls[name]),
);
