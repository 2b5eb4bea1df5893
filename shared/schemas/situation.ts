/** The situation: one snapshot for first paint, tray and conditions. */
import { z } from 'zod';
import { exportWhats } from '../export-columns.ts';
import { endpoint } from './endpoints.ts';
import { eventsToday, fact, internetSight, outage } from './evidence.ts';
import { source } from './sources-and-events.ts';
import { at, count, endpointId, scheduleId, sentence } from './values.ts';

export const connectivityStates = [
  'online',
  'offline',
  'silence',
  'captive_portal',
  'tls_interception',
  'proxy',
] as const;

export const connectivityState = z.enum(connectivityStates);

const missedPort = z.object({
  port: z.number().int(),
  /** `relay`: another Roost Relay has it; `forbidden`: the system keeps it for itself, as Windows does whole ranges. */
  why: z.enum(['taken', 'relay', 'forbidden', 'other']),
  /** Who has it, as far as the system tells this account. */
  program: z.string().nullable(),
  account: z.string().nullable(),
});
export type MissedPort = z.output<typeof missedPort>;

/** What a person set up after a backup was made: it is not in it, or otherwise. */
export const setUpSince = z.object({
  /** Names. */
  endpoints: z.array(z.string()),
  sources: z.array(z.string()),
  /** Scheduled exports; absent in what an earlier version kept. */
  schedules: z.array(z.string()).optional(),
  /** Of all these, what was changed or removed since. */
  changed: z.array(z.string()),
  settings: z.array(z.string()),
  /** Not all of it can be read: there may be more. */
  unreadable: z.boolean(),
});
export type SetUpSince = z.output<typeof setUpSince>;

export const restored = z.object({
  at,
  file: z.string(),
  madeAt: at,
  /** False: settings and what was undelivered alone; the log and the keys that drop duplicates are gone. */
  holdsLog: z.boolean(),
  keptIn: z.string(),
  /** What was there was damaged, and what could be read of it was carried over. */
  carriedOver: z.boolean(),
  /** Why that could not be done although it was to be, for the IT helper; not there: it could, or was not to be. */
  notCarried: z.string().optional(),
  /** Events that came after the backup and were carried over. */
  carried: count,
  /** Deliveries that arrived after the backup, so that they are not sent once more. */
  delivered: count,
  /** Of the events carried over, those that are sent without knowing whether they arrived. */
  unsure: count,
  /** Events that the PMS was told are safe and that can be read nowhere. */
  missing: count,
  /** When the last event was acknowledged; null where that is not known. */
  until: at.nullable(),
  /** Where an earlier restore's missing events are counted too: when the backup of that one was made. */
  missingSince: at.optional(),
  /** What came after the backup and was put aside; not there: what could be read was carried over, or nothing is known. */
  aside: z
    .object({
      events: count,
      /** Of these, those that had not reached every receiver. */
      open: count,
      /** These, as `emit --file` takes them; null where it could not be written. */
      file: z.string().nullable(),
    })
    .optional(),
  /** What was set up since the backup and was carried over, and what is gone; not there: none, or not known. */
  setUpCarried: setUpSince.optional(),
  setUpLeft: setUpSince.optional(),
});

/** When scheduled exports are made. */
export const scheduleRhythms = ['night', 'month'] as const;

/** A schedule that cannot write, as the situation tells it. */
export const exportAway = z.object({
  id: scheduleId,
  every: z.enum(scheduleRhythms),
  what: z.enum(exportWhats),
  folder: z.string(),
  since: at,
  says: sentence,
  missed: count,
});

export const situation = z.object({
  now: at,
  version: z.string(),
  propertyId: z.string().nullable(),
  timeZone: z.string(),
  currency: z.string(),
  /** Deliveries that wait or are under way; what waits for a paused endpoint is that endpoint's own `waiting`. */
  waiting: count,
  oldestWaitingAt: at.nullable(),
  needsAttention: count,
  /** Events (a manager's number) that wait or need a person, of all days, and for how many endpoints they wait. */
  waitingEvents: z.object({ events: count, endpoints: count }),
  attentionEvents: count,
  eventsToday: count,
  /** Deliveries (a helper's number). */
  deliveredToday: count,
  /** What became of today's events. */
  today: eventsToday,
  lastEventAt: at.nullable(),
  lastDeliveredAt: at.nullable(),
  pausedUntil: at.nullable(),
  /** What is known to be wrong now; everything that is said of it is derived from these. */
  facts: z.array(fact),
  /** Views of `facts`: the one that holds up the way to the internet, and the clock. */
  connectivity: z.object({ state: connectivityState, since: at.nullable() }),
  /** What `connectivity` rests on. */
  internet: internetSight,
  clock: z.object({ skewMs: z.number(), wrong: z.boolean(), since: at.nullable() }),
  disk: z.object({ state: z.enum(['ok', 'low', 'full', 'read_only', 'no_rights']), freeBytes: count }),
  /** Where the data lies. */
  dataFolder: z.string(),
  /** What of the data folder this account may not read or write, though what is open goes on: since when, by its path. */
  closed: z.array(
    z.object({ what: z.enum(['data', 'database', 'spool', 'backups', 'logs']), path: z.string(), since: at }),
  ),
  /** Where no further file or connection can be opened: whose limit that is, since when, and how many there may be. */
  openFiles: z.object({ of: z.enum(['app', 'pc']), since: at, most: count.nullable() }).nullable(),
  /** `plain`: the data key's wrapping is not really encrypted; `locked`: secrets cannot be read now. */
  vault: z.object({ state: z.enum(['ok', 'plain', 'locked', 'no_key']), unreadable: count }),
  database: z.object({
    /**
     * Nothing more is taken while it cannot be read whole (`damaged`), its file was deleted, moved or replaced (`gone`)
     * or cut off (`emptied`) under the engine, another program has it for itself (`held`), or its disk does not answer (`unreachable`).
     */
    state: z.enum(['ok', 'checking', 'damaged', 'gone', 'emptied', 'held', 'unreachable']),
    /** Since when it is held or unreachable; else null. */
    since: at.nullable(),
    /** Whether the file gives room back: an older one is rebuilt for that, at a start or at night, where there is room. */
    shrinking: z.enum(['possible', 'tonight', 'too_large', 'no_room', 'failed']),
    lastBackupAt: at.nullable(),
    /** When a backup was chosen that takes everything's place at the next start; null where none was. */
    restoreAskedAt: at.nullable(),
    /** Acknowledged events that damage cut off, found at a start of the last days; null where none were. */
    lost: z
      .object({
        count,
        /** Of the last one that is there; null where there is none. */
        since: at.nullable(),
        until: at,
        found: at,
      })
      .nullable(),
    /** The last restore of the last days: what took the data's place, and what became of what came after it was made. */
    restored: restored.nullable(),
  }),
  /** What this PC does to what waits, once it is a habit; null where it is none. */
  pc: z.object({
    /** It slept while events waited that could have gone out: on how many nights of the last week, and the last of them. */
    slept: z.object({ nights: count, from: at, until: at, events: count }).nullable(),
    /** The engine started long after the PC: how often in two weeks, and the last time. */
    lateStarts: z.object({ count, pcAt: at, appAt: at }).nullable(),
    /** Whether the desktop app still starts with this PC, as it last told; null where that is not wanted, or not known. */
    loginItemWorks: z.boolean().nullable(),
  }),
  endpoints: z.array(endpoint),
  sources: z.array(source),
  /** Endpoints that came back within the last day: since when, until when and how many waited. */
  /** Scheduled exports whose folder takes nothing now. */
  exportsAway: z.array(exportAway),
  /** What is done by the clock and could not be done the last time: since when, how often in a row, and why. */
  upkeepUndone: z.array(
    z.object({ work: z.enum(['hourly', 'nightly', 'retention']), since: at, times: count, says: sentence }),
  ),
  recoveries: z.array(z.object({ endpointId, name: z.string(), since: at, until: at, waited: count })),
  /** Outages that last, or ended today or in the last 24 hours, the latest first. */
  outages: z.array(outage),
  /** Deliveries that a crash or power cut of today cut off, and that were sent again with the same id. */
  interrupted: z.object({ at, count }).nullable(),
  /** Deliveries of the last 24 hours, by hour. */
  hours: z.array(z.object({ at, delivered: count, failed: count })),
  intake: z.object({
    address: z.string(),
    /** The port of the settings, while we cannot listen there: events are taken at `address` meanwhile. */
    missed: missedPort.nullable(),
    /** The listener for other machines; `fingerprint` and `certificate` (PEM) are null where it speaks plain HTTP. */
    lan: z
      .object({ address: z.string(), fingerprint: z.string().nullable(), certificate: z.string().nullable() })
      .nullable(),
    /** Why that listener is not there although it is switched on. */
    lanProblem: sentence.nullable(),
  }),
});
export type Situation = z.output<typeof situation>;
