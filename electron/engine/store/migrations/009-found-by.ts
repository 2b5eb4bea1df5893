import type { Migration } from '../migrate.ts';

/**
 * Events are found by the PMS's own id and by the room (store/rooms.ts), and what a resend of many could not
 * deliver is kept, so that it can be listed afterwards.
 *
 * Of earlier events the room is taken from what their rows show, without accents' folding, which SQL cannot do.
 */
export const foundBy: Migration = {
  version: 9,
  sql: `
ALTER TABLE events ADD COLUMN pms_id TEXT;
ALTER TABLE events ADD COLUMN rooms TEXT;
UPDATE events SET pms_id = known.pms_id
  FROM (SELECT json_extract(answer, '$[0][0]') AS id, substr(key, 4) AS pms_id FROM event_keys
    WHERE key >= 'id:' AND key < 'id;') AS known
  WHERE events.id = known.id;
UPDATE events SET rooms = ' ' || replace(replace(replace(replace(lower(
    coalesce(json_extract(summary, '$.room'), json_extract(data, '$.room_id'))),
    '-', ' '), '_', ' '), 'room ', ''), 'rm ', '') || ' '
  WHERE json_type(summary, '$.room') = 'text' OR json_type(data, '$.room_id') = 'text';
CREATE INDEX events_by_pms_id ON events (pms_id COLLATE NOCASE, seq) WHERE pms_id IS NOT NULL;
-- As events_guests, for rooms.
CREATE INDEX events_rooms ON events (seq, rooms) WHERE rooms IS NOT NULL;

CREATE TABLE job_failures (
  job_id       TEXT NOT NULL,
  delivery_seq INTEGER NOT NULL REFERENCES deliveries (seq) ON DELETE CASCADE,
  PRIMARY KEY (job_id, delivery_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_failures_by_delivery ON job_failures (delivery_seq);
`,
};
