/**
 * The script by which a system's own database keeps a list of what happened for us to read: the table, a user that may
 * read it and nothing else, and triggers on the system's own tables. It is shown ready to run, and never run by us.
 */
import type { DatabaseSystem } from './sql.ts';

/** Systems whose tables are known, with the database that each uses. */
export const outboxSystems = {
  plain: null,
  qloapps: 'mysql',
  erpnext: 'mysql',
  odoo: 'postgres',
} as const satisfies Readonly<Record<string, DatabaseSystem | null>>;
export type OutboxSystem = keyof typeof outboxSystems;
export const outboxSystemNames = Object.keys(outboxSystems) as [OutboxSystem, ...OutboxSystem[]];

export interface OutboxScriptOptions {
  readonly database: DatabaseSystem;
  readonly system: OutboxSystem;
  /** QloApps: what its tables begin with. */
  readonly prefix: string;
  /** The user that is made. */
  readonly user: string;
  /** Its password as it is to be typed in; the script says where. */
  readonly password: string;
}

export function outboxScript(options: OutboxScriptOptions): string {
  const { database } = options;
  return database === 'mysql'
    ? mysqlScript(options)
    : database === 'postgres'
      ? postgresScript(options)
      : database === 'mssql'
        ? mssqlScript(options)
        : sqliteScript();
}

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** What a trigger writes: column and expression, by the row's name. */
type Members = Readonly<Record<string, string>>;

const jsonObject = (made: string, members: Members, row: string): string =>
  `${made}(${Object.entries(members)
    .map(([name, column]) => `'${name}', ${row}.${column}`)
    .join(', ')})`;

function mysqlTrigger(name: string, when: 'INSERT' | 'UPDATE', table: string, event: string, members: Members): string {
  const data = jsonObject('JSON_OBJECT', members, 'NEW');
  return `DROP TRIGGER IF EXISTS \`${name}\`;
CREATE TRIGGER \`${name}\` AFTER ${when} ON \`${table}\` FOR EACH ROW
  INSERT INTO roost_outbox (event, payload) VALUES (${event}, ${data});
`;
}

function mysqlScript({ system, prefix, user, password }: OutboxScriptOptions): string {
  return `-- For MySQL and MariaDB: run it in the system's own database, as a user who may make tables, users and triggers.
CREATE TABLE IF NOT EXISTS roost_outbox (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  event VARCHAR(100) NOT NULL,
  payload LONGTEXT NOT NULL,
  created_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Roost Relay reads with this user, which may do nothing else.
CREATE USER IF NOT EXISTS ${text(user)}@'%' IDENTIFIED BY ${text(password)};
GRANT SELECT ON roost_outbox TO ${text(user)}@'%';
${system === 'qloapps' ? `\n${qloApps(prefix)}` : system === 'erpnext' ? `\n${erpNext()}` : `\n${mysqlExample}`}`;
}

const mysqlExample = `-- What is to be told is written by the system itself, or by triggers such as this one:
-- CREATE TRIGGER roost_order AFTER INSERT ON orders FOR EACH ROW
--   INSERT INTO roost_outbox (event, payload) VALUES ('order.created', JSON_OBJECT('order_id', NEW.id, 'total', NEW.total));
`;

/** `htl_booking_detail`: one row for each room of a booking; its statuses are QloApps' own (allotted 1, in 2, out 3). */
function qloApps(prefix: string): string {
  const table = `${prefix}htl_booking_detail`;
  const members: Members = {
    booking_id: 'id',
    order_id: 'id_order',
    room_id: 'id_room',
    status: 'id_status',
    check_in: 'date_from',
    check_out: 'date_to',
    arrived_at: 'check_in',
    left_at: 'check_out',
    email: 'email',
    phone: 'phone',
  };
  const changed = `CASE
    WHEN (NEW.is_cancelled = 1 OR NEW.is_refunded = 1) AND OLD.is_cancelled = 0 AND OLD.is_refunded = 0 THEN 'booking.cancelled'
    WHEN NEW.id_status = 2 AND OLD.id_status <> 2 THEN 'guest.checkin'
    WHEN NEW.id_status = 3 AND OLD.id_status <> 3 THEN 'guest.checkout'
    ELSE 'booking.updated' END`;
  return `-- QloApps: a booking that is made, changed, cancelled, checked in or out.
${mysqlTrigger('roost_booking_added', 'INSERT', table, "'booking.created'", members)}
${mysqlTrigger('roost_booking_changed', 'UPDATE', table, changed, members)}`;
}

/** Frappe keeps a document in a table with "tab" before its name. */
function erpNext(): string {
  const members: Members = {
    booking_id: 'name',
    guest_name: 'guest_name',
    customer: 'customer',
    check_in: 'from_date',
    check_out: 'to_date',
    status: 'status',
  };
  const changed = `CASE WHEN NEW.docstatus = 2 AND OLD.docstatus <> 2 THEN 'booking.cancelled' ELSE 'booking.updated' END`;
  const table = 'tabHotel Room Reservation';
  return `-- ERPNext (Hospitality): a room reservation that is made, changed or cancelled.
${mysqlTrigger('roost_reservation_added', 'INSERT', table, "'booking.created'", members)}
${mysqlTrigger('roost_reservation_changed', 'UPDATE', table, changed, members)}`;
}

function postgresScript({ system, user, password }: OutboxScriptOptions): string {
  const name = `"${user.replaceAll('"', '""')}"`;
  return `-- For PostgreSQL: run it in the system's own database, as a user who may make tables, roles and triggers.
CREATE TABLE IF NOT EXISTS roost_outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event text NOT NULL,
  payload jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Roost Relay reads with this role, which may do nothing else.
DO $roost$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${text(user)}) THEN
    CREATE ROLE ${name} LOGIN PASSWORD ${text(password)};
  END IF;
END $roost$;
GRANT SELECT ON roost_outbox TO ${name};
${system === 'odoo' ? `\n${odoo}` : `\n${postgresExample}`}`;
}

const postgresExample = `-- What is to be told is written by the system itself, or by triggers such as this one:
-- CREATE FUNCTION roost_order() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
--   INSERT INTO roost_outbox (event, payload) VALUES ('order.created', jsonb_build_object('order_id', NEW.id));
--   RETURN NULL; END $$;
-- CREATE TRIGGER roost_order AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION roost_order();
`;

/** `pos_order` of Odoo's point of sale: a draft is placed, then paid. */
const odoo = `-- Odoo's point of sale: an order that is placed, and one that is paid.
CREATE OR REPLACE FUNCTION roost_pos_order() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  IF TG_OP = 'INSERT' OR (NEW.state IN ('paid', 'done', 'invoiced') AND OLD.state NOT IN ('paid', 'done', 'invoiced')) THEN
    INSERT INTO roost_outbox (event, payload) VALUES (
      CASE WHEN NEW.state IN ('paid', 'done', 'invoiced') THEN 'order.completed' ELSE 'order.created' END,
      jsonb_build_object('order_id', NEW.id, 'reference', NEW.name, 'state', NEW.state, 'total', NEW.amount_total,
        'paid', NEW.amount_paid, 'customer_id', NEW.partner_id));
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS roost_pos_order ON pos_order;
CREATE TRIGGER roost_pos_order AFTER INSERT OR UPDATE ON pos_order FOR EACH ROW EXECUTE FUNCTION roost_pos_order();
`;

function mssqlScript({ user, password }: OutboxScriptOptions): string {
  const name = `[${user.replaceAll(']', ']]')}]`;
  return `-- For SQL Server: run it in the system's own database, as a user who may make tables, logins and triggers.
IF OBJECT_ID('roost_outbox') IS NULL CREATE TABLE roost_outbox (
  id bigint IDENTITY(1, 1) NOT NULL PRIMARY KEY,
  event nvarchar(100) NOT NULL,
  payload nvarchar(max) NOT NULL,
  created_at datetimeoffset(3) NOT NULL DEFAULT SYSDATETIMEOFFSET()
);
GO
-- Roost Relay reads with this user, which may do nothing else.
IF SUSER_ID(${text(user)}) IS NULL CREATE LOGIN ${name} WITH PASSWORD = ${text(password)};
IF USER_ID(${text(user)}) IS NULL CREATE USER ${name} FOR LOGIN ${name};
GRANT SELECT ON roost_outbox TO ${name};
GO
-- What is to be told is written by the system itself, or by triggers such as this one:
-- CREATE TRIGGER roost_order ON orders AFTER INSERT AS SET NOCOUNT ON;
--   INSERT INTO roost_outbox (event, payload)
--   SELECT 'order.created', (SELECT i.id AS order_id, i.total FOR JSON PATH, WITHOUT_ARRAY_WRAPPER) FROM inserted i;
`;
}

const sqliteScript = (): string => `-- For SQLite: run it in the system's own file.
CREATE TABLE IF NOT EXISTS roost_outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event TEXT NOT NULL,
  payload TEXT NOT NULL,
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);
-- What is to be told is written by the system itself, or by triggers such as this one:
-- CREATE TRIGGER roost_order AFTER INSERT ON orders BEGIN
--   INSERT INTO roost_outbox (event, payload) VALUES ('order.created', json_object('order_id', NEW.id));
-- END;
`;
