import type { Migration } from '../migrate.ts';

/**
 * Endpoints have a kind, and what a person chooses for one lies in one column as JSON, so that a new option needs no
 * migration (`shared/endpoint-kinds/options.ts`). The columns that held it are dropped: left unread, each new row would
 * have to fill them, and they would say something else than what is obeyed.
 *
 * `bench_ca_pem` is the certificate of the test bench from now on, while an endpoint points there; its own stays with
 * its options.
 */
export const endpointKinds: Migration = {
  version: 15,
  sql: `
ALTER TABLE endpoints ADD COLUMN kind TEXT NOT NULL DEFAULT 'webhook';
ALTER TABLE endpoints ADD COLUMN options TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(options));
UPDATE endpoints SET
  options = json_object(
    'limits', json_object('inFlight', in_flight, 'perSecond', per_second),
    'ordered', json(CASE ordered WHEN 0 THEN 'false' ELSE 'true' END),
    'caPem', CASE WHEN bench_url IS NULL THEN ca_pem ELSE bench_ca_pem END),
  bench_ca_pem = CASE WHEN bench_url IS NULL THEN NULL ELSE ca_pem END;
ALTER TABLE endpoints DROP COLUMN in_flight;
ALTER TABLE endpoints DROP COLUMN per_second;
ALTER TABLE endpoints DROP COLUMN ordered;
ALTER TABLE endpoints DROP COLUMN ca_pem;
`,
};
