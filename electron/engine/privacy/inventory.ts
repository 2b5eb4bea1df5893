/**
 * Where personal data lies, listed once (decision 50): retention, "forget a guest", exports and the support bundle go by
 * this list, and `tests/unit/privacy-inventory.test.ts` fails for a column that nobody has said anything of.
 */

/** What a column holds of people. `none` was looked at, and holds nothing. */
export type Holds =
  /** An event's data, or a body made of it: anything that a PMS may say. */
  | 'payload'
  /** What is shown or searched of an event: guest, room, amount. */
  | 'extract'
  /** A receiver's answer, which may repeat what it was sent. */
  | 'answer'
  /** A sentence or detail of what happened, in which somebody else's words may stand. */
  | 'told'
  /** The same, in which a receiver's words stand as they came. They may say of a guest what stands nowhere else, so they go whole. */
  | 'quote'
  /** A label or id that a PMS chose, which may be a mail address. */
  | 'label'
  /** Who did what: people of the property, not guests. */
  | 'actor'
  /** Sealed, or a hash: nothing to be read. */
  | 'sealed'
  | 'none';

/** For how long what lies in a place is kept, each by a setting of its own. */
export const retentionKinds = ['payloads', 'attempts', 'answers', 'refused', 'audit', 'backups', 'exports'] as const;
export type RetentionKind = (typeof retentionKinds)[number];

/** A table, with all of its columns that are not plainly numbers of ours. */
export interface Table {
  readonly table: string;
  /** What its rows are kept by; null where they stay as long as what they are about. */
  readonly kept: RetentionKind | null;
  readonly columns: Readonly<Record<string, Holds>>;
}

/** Tables with personal data, or in which one would look for some. */
export const tables: readonly Table[] = [
  {
    table: 'events',
    kept: 'payloads',
    columns: {
      data: 'payload',
      summary: 'extract',
      guest: 'extract',
      rooms: 'extract',
      hints: 'told',
      entity_id: 'label',
      pms_id: 'label',
      occurred_at: 'none',
      property_id: 'none',
      id: 'none',
      type: 'none',
      entity_member: 'none',
      kept_away: 'none',
      kept_from: 'none',
      gone: 'none',
      gone_by: 'none',
      data_hash: 'sealed',
    },
  },
  {
    table: 'event_keys',
    kept: null,
    columns: { key: 'label', body_hash: 'sealed', answer: 'none' },
  },
  {
    table: 'deliveries',
    kept: 'payloads',
    columns: {
      entity: 'label',
      order_key: 'label',
      sentence: 'quote',
      id: 'none',
      type: 'none',
      state: 'none',
      reason: 'none',
      outcome: 'none',
      settled_by: 'none',
    },
  },
  {
    table: 'attempts',
    kept: 'attempts',
    columns: {
      response_body: 'answer',
      response_headers: 'answer',
      sent_body: 'payload',
      test_body: 'payload',
      detail: 'quote',
      sentence: 'quote',
      request_headers: 'none',
      id: 'none',
      kind: 'none',
      outcome: 'none',
      test_event_id: 'none',
      shape: 'none',
    },
  },
  {
    table: 'refusals',
    kept: 'refused',
    columns: {
      body: 'payload',
      request: 'payload',
      says: 'told',
      file: 'label',
      member: 'label',
      body_hash: 'sealed',
      code: 'none',
    },
  },
  {
    table: 'messages',
    kept: 'refused',
    columns: {
      raw: 'payload',
      trouble: 'told',
      origin: 'label',
      message_key: 'label',
      events: 'none',
      state: 'none',
      kept_from: 'none',
    },
  },
  {
    table: 'forgettings',
    kept: null,
    columns: { plan: 'sealed', actor: 'actor', found_by: 'none', step: 'none', done: 'none', id: 'none' },
  },
  {
    table: 'endpoints',
    kept: null,
    columns: {
      last_sentence: 'quote',
      trouble: 'quote',
      paused_by: 'actor',
      description: 'none',
      options: 'none',
      pace: 'none',
      bench_kept: 'quote',
    },
  },
  {
    table: 'sources',
    kept: null,
    columns: {
      last_trouble: 'told',
      away: 'told',
      files: 'label',
      cursor: 'label',
      name: 'none',
      config: 'none',
      shaping: 'none',
    },
  },
  // Rows of files as they were seen last, by which a change is known.
  { table: 'source_rows', kept: null, columns: { key: 'label', raw: 'payload' } },
  {
    table: 'source_files',
    kept: null,
    columns: { name: 'label', moved_to: 'label', reasons: 'told', hash: 'sealed', state: 'none' },
  },
  { table: 'facts', kept: null, columns: { detail: 'told', kind: 'none', host: 'none' } },
  { table: 'notices', kept: null, columns: { condition: 'quote', id: 'none', outlet: 'none' } },
  { table: 'jobs', kept: null, columns: { request: 'label', position: 'none', problem: 'told', file: 'none' } },
  {
    table: 'export_schedules',
    kept: null,
    columns: { request: 'label', state: 'told', next: 'none' },
  },
  // Files of scheduled exports, which lie where a person said: each is kept by its schedule's own days.
  { table: 'exported_files', kept: null, columns: { schedule_id: 'none', path: 'none', hash: 'sealed' } },
  {
    table: 'audit',
    kept: 'audit',
    columns: { account: 'actor', detail: 'told', target: 'label', surface: 'none', act: 'none' },
  },
];

/** Tables that hold nothing of anybody; a new table is in one of the two lists. */
export const impersonalTables: readonly string[] = [
  ...['attempt_hours', 'delivery_hours', 'endpoint_secrets', 'event_hours', 'job_failures', 'job_items', 'leases'],
  ...['meta', 'outages', 'recoveries', 'window_sessions'],
];

/** What lies in the data folder beside the database, by folder or file. */
export interface Place {
  /** In the data folder; a folder ends with a slash. */
  readonly path: string;
  readonly kept: RetentionKind | null;
  readonly holds: Holds;
  /** What it is, for whoever reads this list. */
  readonly what: string;
}

export const places: readonly Place[] = [
  { path: 'relay.db', kept: null, holds: 'payload', what: 'the database; what was removed is on its free pages' },
  { path: 'relay.db-wal', kept: null, holds: 'payload', what: 'its log, until it is emptied' },
  { path: 'spool/', kept: null, holds: 'payload', what: 'events that were handed in and not taken yet' },
  { path: 'rejected/', kept: 'refused', holds: 'payload', what: 'files of the spool that could not be taken' },
  { path: 'exports/', kept: 'exports', holds: 'extract', what: 'exports that nobody gave another place' },
  { path: 'backups/', kept: 'backups', holds: 'payload', what: 'copies of the database' },
  { path: 'logs/', kept: null, holds: 'told', what: "the engine's own log" },
];

/** The columns of a kind: `columnsThat('payload', 'answer')` is what a search through everything has to read. */
export const columnsThat = (
  ...holds: readonly Holds[]
): readonly { readonly table: string; readonly column: string }[] =>
  tables.flatMap(({ table, columns }) =>
    Object.entries(columns).flatMap(([column, held]) => (holds.includes(held) ? [{ table, column }] : [])),
  );
