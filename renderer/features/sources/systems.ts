/** Systems that can be connected, and by which ways each of them tells what happens. */
import type { OutboxSystem } from '../../../shared/source-kinds/outbox-script.ts';
import type { DatabaseSystem } from '../../../shared/source-kinds/sql.ts';
import { type SourcePreset, sourcePresets } from '../../../shared/source-presets/index.ts';
import type { ShapingChange } from '../../../shared/source-shaping.ts';

/** `outbox`: triggers of ours in its database write a list; `table`: a table of its own is watched. */
export type WayName = 'own' | 'post' | 'folder' | 'outbox' | 'table' | 'fias' | 'hand';

export interface Way {
  readonly name: WayName;
  readonly preset: string | null;
  /** Absent: what comes is an event as it is. */
  readonly shaping?: ShapingChange;
  /** Of `outbox`: whose tables the script has triggers for. */
  readonly script?: OutboxSystem;
  /** Of a database: the one that the system uses, where there is but one. */
  readonly database?: DatabaseSystem;
  /** Of `post`: its webhooks can be signed. */
  readonly signs?: true;
  /** Of `table`: what it is called there, and its columns. */
  readonly table?: { readonly table: string; readonly keyColumn: string; readonly changedColumn: string };
}

export interface System {
  readonly id: string;
  /** Its own name, in no language; null: its words are by its id. */
  readonly label: string | null;
  readonly ways: readonly [Way, ...Way[]];
}

const shapeToStart = '{ "event": "{{ message.event }}", "data": {{ message | json }} }';
const rowsToStart: ShapingChange = {
  shape: '{ "event": "{{ message._change | type }}", "data": {{ message | json }} }',
  types: { added: 'booking.created', changed: 'booking.updated', gone: 'booking.cancelled' },
};

/** By which way the messages of a kind of source come, its usual one. */
export const wayOfKind: Readonly<Record<string, WayName>> = { http: 'post', folder: 'folder', sql: 'table' };
const tables: Readonly<Record<string, Way['table']>> = {
  qloapps: { table: 'qlo_htl_booking_detail', keyColumn: 'id', changedColumn: 'date_upd' },
};
const outboxes: Readonly<Record<string, Way>> = {
  odoo: { name: 'outbox', preset: null, script: 'odoo', database: 'postgres' },
  frappe: { name: 'outbox', preset: null, script: 'erpnext', database: 'mysql' },
  qloapps: { name: 'outbox', preset: null, script: 'qloapps', database: 'mysql' },
};

function ofPreset({ name, label, kinds }: SourcePreset): System {
  const outbox = outboxes[name];
  const table = tables[name];
  const [first, ...rest] = kinds.map((kind): Way => {
    const way = { name: wayOfKind[kind] ?? 'post', preset: name, shaping: { preset: name } };
    if (name === 'frappe') return { ...way, signs: true };
    return kind === 'sql'
      ? { ...way, ...(table && { table }), ...(outbox?.database && { database: outbox.database }) }
      : way;
  });
  const others = outbox === undefined ? rest : [...rest, outbox];
  return { id: `preset:${name}`, label, ways: [first as Way, ...others] };
}

/** In the order in which they are offered. */
export const systems: readonly [System, ...System[]] = [
  { id: 'own', label: null, ways: [{ name: 'own', preset: null }] },
  ...sourcePresets.map(ofPreset),
  { id: 'fias', label: null, ways: [{ name: 'fias', preset: null }] },
  {
    id: 'other',
    label: null,
    ways: [
      { name: 'post', preset: null, shaping: { shape: shapeToStart } },
      { name: 'folder', preset: null, shaping: { shape: shapeToStart } },
      { name: 'outbox', preset: null, script: 'plain' },
      { name: 'table', preset: null, shaping: rowsToStart },
    ],
  },
  {
    id: 'hand',
    label: null,
    ways: [{ name: 'hand', preset: 'generic_csv', shaping: { preset: 'generic_csv' } }],
  },
];

/** @returns `http`, `folder`, `sql` or `fias` */
export const kindOfWay = (name: WayName): 'http' | 'folder' | 'sql' | 'fias' =>
  name === 'folder' || name === 'fias' ? name : name === 'outbox' || name === 'table' ? 'sql' : 'http';
