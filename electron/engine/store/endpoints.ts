/** Endpoints: where events go. A property has a handful; statements without an index scan these few rows. */
import type { EndpointHealth, EndpointId, EndpointSwitch, OutcomeClass, UtcMs } from '../../../shared/domain.ts';
import type { ReadHandle, WriteHandle } from './connection.ts';

/** An endpoint as it is stored. `url` and `headers` are sealed; JSON columns are text. */
export interface EndpointRow {
  readonly no: number;
  readonly id: EndpointId;
  readonly description: string;
  readonly url: Uint8Array;
  readonly host: string;
  readonly maskedAddress: string;
  readonly local: number;
  /** JSON: event types. */
  readonly events: string;
  readonly headers: Uint8Array;
  /** JSON: names with their masked values, as lists show them. */
  readonly headerNames: string;
  /** Of `shared/endpoint-kinds/`. */
  readonly kind: string;
  /** JSON: what a person chose for it (`shared/endpoint-kinds/options.ts`). */
  readonly options: string;
  /** Sealed JSON: the secrets of its kind; null where there are none. */
  readonly kindSecrets: Uint8Array | null;
  /** JSON: their names with their masked values. */
  readonly kindSecretNames: string;
  readonly switch: EndpointSwitch;
  /** Before it was removed. */
  readonly switchBefore: EndpointSwitch | null;
  readonly health: EndpointHealth;
  readonly failingSince: UtcMs | null;
  readonly incident: number;
  /** Engine time. */
  readonly nextTrialAt: UtcMs | null;
  /** Engine time until which its receiver asked for silence. */
  readonly heldUntil: UtcMs | null;
  readonly pausedUntil: UtcMs | null;
  readonly pausedBy: string | null;
  readonly testedAt: UtcMs | null;
  readonly lastAnswerAt: UtcMs | null;
  readonly lastStatus: number | null;
  readonly lastOutcome: OutcomeClass | null;
  readonly lastSentence: string | null;
  readonly lastDurationMs: number | null;
  readonly lastDeliveredAt: UtcMs | null;
  readonly deliveredCount: number;
  readonly verifiedIssuer: string | null;
  /** JSON: its trouble since the first failure after the last success (`evidence/trouble.ts`). */
  readonly trouble: string | null;
  /** Its own address while it points at the test bench, and what the bench is trusted by. */
  readonly benchUrl: Uint8Array | null;
  readonly benchCaPem: string | null;
  /** Since when it does: the wall clock's time. */
  readonly benchSince: UtcMs | null;
  /** When that ends by itself: engine time. */
  readonly benchUntil: UtcMs | null;
  /** JSON: what its own receiver's answers had made of it (`endpoints/bench-endpoints.ts`). */
  readonly benchKept: string | null;
  readonly releaseTo: number | null;
  readonly releaseIncident: number | null;
  readonly releaseMark: number | null;
  /** JSON: what its receiver was found to take (`queue/found-pace.ts`). */
  readonly pace: string | null;
  readonly createdAt: UtcMs;
  readonly removedAt: UtcMs | null;
}

const columns: Readonly<Record<keyof EndpointRow, string>> = {
  no: 'no',
  id: 'id',
  description: 'description',
  url: 'url',
  host: 'host',
  maskedAddress: 'masked_address',
  local: 'local',
  events: 'events',
  headers: 'headers',
  headerNames: 'header_names',
  kind: 'kind',
  options: 'options',
  kindSecrets: 'kind_secrets',
  kindSecretNames: 'kind_secret_names',
  switch: 'switch',
  switchBefore: 'switch_before',
  health: 'health',
  failingSince: 'failing_since',
  incident: 'incident',
  nextTrialAt: 'next_trial_at',
  heldUntil: 'held_until',
  pausedUntil: 'paused_until',
  pausedBy: 'paused_by',
  testedAt: 'tested_at',
  lastAnswerAt: 'last_answer_at',
  lastStatus: 'last_status',
  lastOutcome: 'last_outcome',
  lastSentence: 'last_sentence',
  lastDurationMs: 'last_duration_ms',
  lastDeliveredAt: 'last_delivered_at',
  deliveredCount: 'delivered_count',
  verifiedIssuer: 'verified_issuer',
  trouble: 'trouble',
  benchUrl: 'bench_url',
  benchCaPem: 'bench_ca_pem',
  benchSince: 'bench_since',
  benchUntil: 'bench_until',
  benchKept: 'bench_kept',
  releaseTo: 'release_to',
  releaseIncident: 'release_incident',
  releaseMark: 'release_mark',
  pace: 'pace',
  createdAt: 'created_at',
  removedAt: 'removed_at',
};

/** `SELECT` list of an {@link EndpointRow}. */
export const endpointColumns = Object.entries(columns)
  .map(([name, column]) => (name === column ? column : `${column} AS ${name}`))
  .join(', ');

/**
 * Whether an endpoint keeps the order, in SQL: as `readOptions` reads it, where every endpoint does that is not told
 * otherwise.
 * @param endpoint the table's name in the statement
 */
export const keepsOrder = (endpoint: string): string => `json_type(${endpoint}.options, '$.ordered') IS NOT 'false'`;

/** What the answers of an endpoint say about it, and what follows for its deliveries. */
export type HealthState = Pick<
  EndpointRow,
  | 'health'
  | 'failingSince'
  | 'incident'
  | 'nextTrialAt'
  | 'heldUntil'
  | 'lastAnswerAt'
  | 'lastStatus'
  | 'lastOutcome'
  | 'lastSentence'
  | 'lastDurationMs'
  | 'lastDeliveredAt'
  | 'deliveredCount'
  | 'verifiedIssuer'
  | 'trouble'
  | 'releaseTo'
  | 'releaseIncident'
  | 'releaseMark'
  | 'pace'
>;

const healthNames: readonly (keyof HealthState)[] = [
  'health',
  'failingSince',
  'incident',
  'nextTrialAt',
  'heldUntil',
  'lastAnswerAt',
  'lastStatus',
  'lastOutcome',
  'lastSentence',
  'lastDurationMs',
  'lastDeliveredAt',
  'deliveredCount',
  'verifiedIssuer',
  'trouble',
  'releaseTo',
  'releaseIncident',
  'releaseMark',
  'pace',
];

/** The part of a row that is {@link HealthState}. */
export function healthOf(row: EndpointRow): HealthState {
  return Object.fromEntries(healthNames.map((name) => [name, row[name]])) as unknown as HealthState;
}

/** What an operator decides about an endpoint. */
export type EndpointSetting = Omit<EndpointRow, keyof HealthState | 'no' | 'id' | 'createdAt'>;

export type EndpointStore = ReturnType<typeof createEndpointStore>;

/** Reads endpoints; for any connection. */
export function createEndpointReader(reader: ReadHandle) {
  const all = reader.prepare<[], EndpointRow>(`SELECT ${endpointColumns} FROM endpoints ORDER BY no`);
  const byId = reader.prepare<[string], EndpointRow>(`SELECT ${endpointColumns} FROM endpoints WHERE id = ?`);
  const byNo = reader.prepare<[number], EndpointRow>(`SELECT ${endpointColumns} FROM endpoints WHERE no = ?`);
  return {
    all: () => all.all(),
    byId: (id: EndpointId) => byId.get(id),
    byNo: (no: number) => byNo.get(no),
  };
}

export function createEndpointStore(writer: WriteHandle) {
  const insert = writer.prepare(
    `INSERT INTO endpoints (id, description, url, host, masked_address, local, events, headers, header_names,
       kind, options, kind_secrets, kind_secret_names, switch, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'draft', ?)`,
  );
  const putHealth = writer.prepare(
    `UPDATE endpoints SET ${healthNames.map((name) => `${columns[name]} = ?`).join(', ')} WHERE no = ?`,
  );
  return {
    ...createEndpointReader(writer),
    insert(id: EndpointId, made: EndpointSetting, createdAt: UtcMs): number {
      const { description, url, host, maskedAddress, local, events, headers, headerNames } = made;
      const first = [id, description, url, host, maskedAddress, local, events, headers, headerNames];
      const ofKind = [made.kind, made.options, made.kindSecrets, made.kindSecretNames];
      return Number(insert.run(...first, ...ofKind, createdAt).lastInsertRowid);
    },
    /** Writes the settings given; the others stay. */
    change(no: number, change: Partial<EndpointSetting>): void {
      const names = Object.keys(change) as (keyof EndpointSetting)[];
      if (names.length === 0) return;
      const set = names.map((name) => `${columns[name]} = ?`).join(', ');
      writer.prepare(`UPDATE endpoints SET ${set} WHERE no = ?`).run(...names.map((name) => change[name]), no);
    },
    putHealth(no: number, state: HealthState): void {
      putHealth.run(...healthNames.map((name) => state[name]), no);
    },
  };
}

/** What an endpoint's sealed address, headers and kind's secrets are bound to, so that none can stand in another's place. */
export const urlContext = (id: EndpointId): string => `endpoints/${id}/url`;
export const headersContext = (id: EndpointId): string => `endpoints/${id}/headers`;
export const kindSecretsContext = (id: EndpointId): string => `endpoints/${id}/kind_secrets`;
