import type { Migration } from '../migrate.ts';

/**
 * The first schema.
 *
 * Times are UTC milliseconds. `seq` and `no` are the store's own integers, `id` is the label that the
 * outside sees. `due_at`, `next_trial_at` and lease times are engine time, which never runs back; all other
 * times are the wall clock's, as the log shows them.
 *
 * `order_key` names property, member and id of what an event is about: what must stay in order. A delivery
 * behind another one of its key is never due (`due_at` far away, reason `order`) until that one is settled.
 * `blames` counts the failures that are not about the event, `delivered_mark` is its endpoint's
 * `delivered_count` at its first failure and `failed_in` the incident in which it failed last: so that neither
 * "nothing else got through since" nor "in that incident" depends on a clock. `release_to` and `release_incident` of an endpoint
 * say how far what waits is still to be made due, and of which incident used-up deliveries get one more attempt.
 *
 * A delivery is written twice in its life: when its event comes and when its outcome is known. That it is
 * being sent stands in `leases`, a table that stays small, so that a claim touches no index of the log.
 * Checks of columns that every event writes are spelled out with OR: for `IN` with more than two values SQLite
 * fills an ephemeral table each time a row is written (measured: a tenth of the time of all statements).
 *
 * A log filter without an endpoint is a merge over the endpoints' ranges of the two log indexes.
 */
export const first: Migration = {
  version: 1,
  sql: `
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sources (
  no            INTEGER PRIMARY KEY,
  id            TEXT NOT NULL UNIQUE,
  name          TEXT NOT NULL,
  property_id   TEXT,
  token_hash    BLOB NOT NULL UNIQUE,
  path_hash     BLOB NOT NULL UNIQUE,
  created_at    INTEGER NOT NULL,
  revoked_at    INTEGER,
  last_event_at INTEGER
) STRICT;

CREATE TABLE refusals (
  seq       INTEGER PRIMARY KEY,
  source_no INTEGER REFERENCES sources (no),
  at        INTEGER NOT NULL,
  status    INTEGER NOT NULL,
  member    TEXT,
  message   TEXT NOT NULL
) STRICT;
CREATE INDEX refusals_by_source ON refusals (source_no, seq);

CREATE TABLE events (
  seq           INTEGER PRIMARY KEY AUTOINCREMENT,
  id            TEXT NOT NULL,
  source_no     INTEGER REFERENCES sources (no),
  type          TEXT NOT NULL,
  property_id   TEXT NOT NULL,
  entity_member TEXT,
  entity_id     TEXT,
  occurred_at   TEXT NOT NULL,
  received_at   INTEGER NOT NULL,
  data          TEXT NOT NULL,
  summary       TEXT NOT NULL,
  guest         TEXT, -- folded for searching: store/fold.ts
  hints         TEXT,
  masked        INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX events_by_id ON events (id);
CREATE INDEX events_by_entity ON events (entity_id, seq) WHERE entity_id IS NOT NULL;
-- Searching a part of a guest's name reads this narrow index; it only ever grows at its end.
CREATE INDEX events_guests ON events (seq, guest) WHERE guest IS NOT NULL;

CREATE TABLE event_keys (
  source_no INTEGER NOT NULL,
  key       TEXT NOT NULL,
  body_hash BLOB NOT NULL,
  answer    TEXT NOT NULL,
  at        INTEGER NOT NULL,
  PRIMARY KEY (source_no, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE endpoints (
  no              INTEGER PRIMARY KEY,
  id              TEXT NOT NULL UNIQUE,
  description     TEXT NOT NULL,
  url             BLOB NOT NULL,
  host            TEXT NOT NULL,
  masked_address  TEXT NOT NULL,
  local           INTEGER NOT NULL,
  events          TEXT NOT NULL,
  headers         BLOB NOT NULL,
  header_names    TEXT NOT NULL,
  ca_pem          TEXT,
  in_flight       INTEGER NOT NULL,
  per_second      REAL NOT NULL,
  ordered         INTEGER NOT NULL,
  switch          TEXT NOT NULL CHECK (switch IN ('draft', 'on', 'paused', 'removed')),
  switch_before   TEXT,
  health          TEXT NOT NULL DEFAULT 'active' CHECK (health IN ('active', 'degraded', 'failing')),
  failing_since   INTEGER,
  incident        INTEGER NOT NULL DEFAULT 0,
  next_trial_at   INTEGER,
  held_until      INTEGER,
  paused_until    INTEGER,
  paused_by       TEXT,
  tested_at       INTEGER,
  last_answer_at  INTEGER,
  last_status     INTEGER,
  last_outcome    TEXT,
  last_sentence   TEXT,
  last_duration_ms REAL,
  last_delivered_at INTEGER,
  delivered_count INTEGER NOT NULL DEFAULT 0,
  verified_issuer TEXT,
  bench_url       BLOB,
  bench_ca_pem    TEXT,
  release_to      INTEGER,
  release_incident INTEGER,
  created_at      INTEGER NOT NULL,
  removed_at      INTEGER
) STRICT;

CREATE TABLE endpoint_secrets (
  endpoint_no INTEGER NOT NULL REFERENCES endpoints (no),
  role        TEXT NOT NULL CHECK (role IN ('current', 'next')),
  sealed      BLOB NOT NULL,
  tail        TEXT NOT NULL,
  added_at    INTEGER NOT NULL,
  switch_at   INTEGER,
  tested_at   INTEGER,
  PRIMARY KEY (endpoint_no, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE deliveries (
  seq             INTEGER PRIMARY KEY,
  id              TEXT NOT NULL,
  event_seq       INTEGER NOT NULL REFERENCES events (seq),
  endpoint_no     INTEGER NOT NULL REFERENCES endpoints (no),
  type            TEXT NOT NULL,
  entity          TEXT,
  order_key       TEXT,
  state           TEXT NOT NULL CHECK (state = 'waiting' OR state = 'delivered'
                    OR state = 'needs_attention' OR state = 'cancelled'),
  status_class    INTEGER NOT NULL DEFAULT 0,
  reason          TEXT,
  due_at          INTEGER NOT NULL,
  attempts        INTEGER NOT NULL DEFAULT 0,
  failures        INTEGER NOT NULL DEFAULT 0,
  blames          INTEGER NOT NULL DEFAULT 0,
  delivered_mark  INTEGER,
  failed_in       INTEGER,
  throttled_since INTEGER,
  last_attempt_at INTEGER,
  status          INTEGER,
  outcome         TEXT,
  sentence        TEXT,
  duration_ms     REAL,
  created_at      INTEGER NOT NULL,
  ended_at        INTEGER
) STRICT;
CREATE UNIQUE INDEX deliveries_by_id ON deliveries (id);
CREATE UNIQUE INDEX deliveries_by_event ON deliveries (event_seq, endpoint_no);
CREATE INDEX deliveries_due ON deliveries (endpoint_no, (failures > 0), due_at, seq) WHERE state = 'waiting';
CREATE INDEX deliveries_in_order ON deliveries (endpoint_no, order_key, seq) WHERE state = 'waiting' AND order_key IS NOT NULL;
CREATE INDEX deliveries_by_type ON deliveries (endpoint_no, type, seq);
CREATE INDEX deliveries_by_state ON deliveries (endpoint_no, state, status_class, seq);

CREATE TABLE leases (
  delivery_seq INTEGER PRIMARY KEY REFERENCES deliveries (seq),
  boot         TEXT NOT NULL,
  attempt_id   TEXT NOT NULL,
  kind         TEXT NOT NULL,
  ordinal      INTEGER NOT NULL,
  started_at   INTEGER NOT NULL,
  ends_at      INTEGER NOT NULL
) STRICT;

CREATE TABLE attempts (
  seq              INTEGER PRIMARY KEY,
  id               TEXT NOT NULL,
  delivery_seq     INTEGER REFERENCES deliveries (seq),
  endpoint_no      INTEGER NOT NULL REFERENCES endpoints (no),
  kind             TEXT NOT NULL CHECK (kind = 'scheduled' OR kind = 'trial' OR kind = 'resend'
                     OR kind = 'test' OR kind = 'canary'),
  ordinal          INTEGER NOT NULL,
  counts           INTEGER NOT NULL,
  started_at       INTEGER NOT NULL,
  ended_at         INTEGER,
  outcome          TEXT NOT NULL,
  sentence         TEXT,
  detail           TEXT,
  status           INTEGER,
  request_headers  TEXT NOT NULL,
  response_headers TEXT,
  response_body    BLOB,
  response_cut     INTEGER NOT NULL DEFAULT 0,
  dns_ms           REAL,
  connect_ms       REAL,
  tls_ms           REAL,
  first_byte_ms    REAL,
  total_ms         REAL,
  test_event_id    TEXT,
  test_body        TEXT
) STRICT;
CREATE INDEX attempts_by_delivery ON attempts (delivery_seq, seq) WHERE delivery_seq IS NOT NULL;
CREATE INDEX attempts_of_tests ON attempts (endpoint_no, seq) WHERE delivery_seq IS NULL;

CREATE TABLE recoveries (
  seq         INTEGER PRIMARY KEY,
  endpoint_no INTEGER NOT NULL REFERENCES endpoints (no),
  since       INTEGER NOT NULL,
  until       INTEGER NOT NULL,
  waited      INTEGER NOT NULL
) STRICT;

-- Counters by the hour, kept on write. first_seq and last_seq bound the events that came and the
-- deliveries that were made in an hour, whatever the clock did: a time filter becomes a range of seq. What
-- an hour and the latencies are stands in store/hours.ts.
CREATE TABLE event_hours (
  hour      INTEGER NOT NULL,
  source_no INTEGER NOT NULL,
  events    INTEGER NOT NULL,
  first_seq INTEGER NOT NULL,
  last_seq  INTEGER NOT NULL,
  PRIMARY KEY (hour, source_no)
) STRICT, WITHOUT ROWID;
CREATE TABLE delivery_hours (
  hour      INTEGER PRIMARY KEY,
  first_seq INTEGER NOT NULL,
  last_seq  INTEGER NOT NULL
) STRICT;
CREATE TABLE attempt_hours (
  hour        INTEGER NOT NULL,
  endpoint_no INTEGER NOT NULL,
  delivered   INTEGER NOT NULL,
  failed      INTEGER NOT NULL,
  latencies   TEXT NOT NULL,
  PRIMARY KEY (hour, endpoint_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE jobs (
  seq        INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  kind       TEXT NOT NULL,
  state      TEXT NOT NULL,
  request    TEXT NOT NULL,
  position   TEXT,
  total      INTEGER,
  done       INTEGER NOT NULL DEFAULT 0,
  delivered  INTEGER NOT NULL DEFAULT 0,
  failed     INTEGER NOT NULL DEFAULT 0,
  started_at INTEGER NOT NULL,
  ended_at   INTEGER,
  file       TEXT,
  size_bytes INTEGER,
  problem    TEXT
) STRICT;

CREATE TABLE job_items (
  job_id       TEXT NOT NULL,
  delivery_seq INTEGER NOT NULL,
  PRIMARY KEY (job_id, delivery_seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  seq     INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  account TEXT NOT NULL,
  surface TEXT NOT NULL,
  act     TEXT NOT NULL,
  target  TEXT,
  detail  TEXT NOT NULL
) STRICT;
`,
};
