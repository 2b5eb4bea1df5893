import { refoldInSql } from '../fold.ts';
import type { Migration } from '../migrate.ts';

/**
 * Names of earlier events are folded as those of today are (store/fold.ts), and an entity is found in whatever case
 * its id is typed. Most ids are small or capital throughout and have their index already: this one holds the rest.
 */
export const folding: Migration = {
  version: 11,
  sql: `
UPDATE events SET guest = ${refoldInSql('guest')} WHERE guest GLOB '*[^ -_a-~]*';
UPDATE events SET rooms = ${refoldInSql('rooms')} WHERE rooms GLOB '*[^ -_a-~]*';
CREATE INDEX events_by_mixed_entity ON events (entity_id COLLATE NOCASE, seq)
  WHERE entity_id <> lower(entity_id) AND entity_id <> upper(entity_id);
`,
};
