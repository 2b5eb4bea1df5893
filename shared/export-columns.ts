/** What can be exported, and the columns that each has. A column's name is its head in the file. */

export const exportWhats = ['deliveries', 'attempts', 'events'] as const;
export type ExportWhat = (typeof exportWhats)[number];

/** `utc` and `local` are moments: a date in a spreadsheet, by the world's clock and by the property's. */
export type ColumnType = 'text' | 'number' | 'utc' | 'local';

export const exportColumns = {
  deliveries: {
    time_utc: 'utc',
    time_local: 'local',
    event: 'text',
    guest: 'text',
    room: 'text',
    amount: 'number',
    currency: 'text',
    about: 'text',
    endpoint: 'text',
    address: 'text',
    state: 'text',
    reason: 'text',
    attempts: 'number',
    last_attempt_utc: 'utc',
    last_attempt_local: 'local',
    status: 'number',
    outcome: 'text',
    what_happened: 'text',
    detail: 'text',
    duration_ms: 'number',
    next_attempt_utc: 'utc',
    event_timestamp: 'text',
    property_id: 'text',
    event_id: 'text',
    delivery_id: 'text',
  },
  attempts: {
    time_utc: 'utc',
    time_local: 'local',
    event: 'text',
    about: 'text',
    endpoint: 'text',
    address: 'text',
    kind: 'text',
    by_hand: 'text',
    attempt: 'number',
    counts: 'text',
    status: 'number',
    outcome: 'text',
    what_happened: 'text',
    detail: 'text',
    dns_ms: 'number',
    connect_ms: 'number',
    tls_ms: 'number',
    first_byte_ms: 'number',
    duration_ms: 'number',
    answer_headers: 'text',
    answer: 'text',
    event_id: 'text',
    delivery_id: 'text',
    attempt_id: 'text',
  },
  events: {
    time_utc: 'utc',
    time_local: 'local',
    event: 'text',
    guest: 'text',
    room: 'text',
    item: 'text',
    outlet: 'text',
    amount: 'number',
    currency: 'text',
    nights: 'number',
    about: 'text',
    source: 'text',
    event_timestamp: 'text',
    property_id: 'text',
    deliveries: 'number',
    delivered: 'number',
    waiting: 'number',
    needs_attention: 'number',
    masked: 'number',
    pms_id: 'text',
    event_id: 'text',
    data: 'text',
  },
} as const satisfies Readonly<Record<ExportWhat, Readonly<Record<string, ColumnType>>>>;

export type ExportColumn = { [What in ExportWhat]: keyof (typeof exportColumns)[What] }[ExportWhat];

export const columnsOf = (what: ExportWhat): readonly ExportColumn[] =>
  Object.keys(exportColumns[what]) as ExportColumn[];

export const columnTypeOf = (what: ExportWhat, column: ExportColumn): ColumnType =>
  (exportColumns[what] as Readonly<Record<string, ColumnType>>)[column] ?? 'text';

/** A sheet has so many rows, its head included (ECMA-376, and what Excel and LibreOffice take). */
export const mostSheetRows = 1_048_576;

/** In a preview what was taken out stands between these two, which no keyboard has. */
export const takenMarks = ['\uE000', '\uE001'] as const;
