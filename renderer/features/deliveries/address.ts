/**
 * What the log shows, as the address says it, and back: so that Back works and a link brings a colleague to
 * the same rows. What an address says wrongly is left out, never an error: it may have been typed by hand.
 */
import type { z } from 'zod';
import type { DeliveryId, UtcMs } from '../../../shared/domain.ts';
import { utcMs } from '../../../shared/domain.ts';
import { type DeliveryFilter, deliveryFilter, deliveryId } from '../../../shared/schemas.ts';

/** Time spans that end now, by the name that the address gives them, in milliseconds. */
export const spans = { '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000, '30d': 2_592_000_000 } as const;
export type Span = keyof typeof spans;

/** A filter whose time may be "the last 7 days": it becomes a DeliveryFilter when it is asked. */
export interface LogView {
  readonly filter: DeliveryFilter;
  /** Instead of `filter.from` and `filter.to`. */
  readonly span: Span | null;
  /** The delivery shown beside the list. */
  readonly delivery: DeliveryId | null;
}

export const emptyView: LogView = { filter: {}, span: null, delivery: null };

/** Parameter of the address → member of the filter, for those that may name several. */
const lists = { state: 'states', endpoint: 'endpointIds', event: 'eventTypes', answer: 'statusClasses' } as const;

/** Reads an address's parameters. */
export function viewOf(params: URLSearchParams): LogView {
  const filter: Record<string, unknown> = {};
  for (const [param, member] of Object.entries(lists)) {
    const values = known(member, (params.get(param) ?? '').split(','));
    if (values.length > 0) filter[member] = values;
  }
  keep(filter, 'text', params.get('text')?.trim() || undefined);
  keep(filter, 'entity', params.get('about')?.trim() || undefined);
  keep(filter, 'status', whole(params.get('status')));
  const spanName = params.get('last');
  const span = spanName !== null && Object.hasOwn(spans, spanName) ? (spanName as Span) : null;
  if (span === null) {
    keep(filter, 'from', instant(params.get('from')));
    keep(filter, 'to', instant(params.get('to')));
  }
  const delivery = deliveryId.safeParse(params.get('delivery'));
  return { filter: deliveryFilter.parse(filter), span, delivery: delivery.success ? delivery.data : null };
}

/** The parameters that say a view; always in the same order, so that equal views have equal addresses. */
export function paramsOf(view: LogView): URLSearchParams {
  const { filter } = view;
  const params = new URLSearchParams();
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined && value !== '') params.set(name, value);
  };
  add('text', filter.text);
  for (const [param, member] of Object.entries(lists)) add(param, filter[member]?.join(','));
  add('status', filter.status?.toString());
  add('about', filter.entity);
  if (view.span !== null) add('last', view.span);
  else {
    add('from', filter.from === undefined ? undefined : new Date(filter.from).toISOString());
    add('to', filter.to === undefined ? undefined : new Date(filter.to).toISOString());
  }
  add('delivery', view.delivery ?? undefined);
  return params;
}

/** The filter to ask with. A span begins at a whole minute, so that the same question stays the same for a while. */
export function filterAt(view: LogView, now: UtcMs): DeliveryFilter {
  if (view.span === null) return view.filter;
  return { ...view.filter, from: utcMs(Math.floor((now - spans[view.span]) / 60_000) * 60_000) };
}

/** How many things a view is narrowed by, not counting the delivery beside it. */
export function narrowings(view: LogView): number {
  const { from, to, ...rest } = view.filter;
  return Object.keys(rest).length + (view.span !== null || from !== undefined || to !== undefined ? 1 : 0);
}

/** The path of the window that shows a filter; used wherever another screen leads into the log. */
export function pathToLog(filter: DeliveryFilter, delivery: DeliveryId | null = null): string {
  const params = paramsOf({ filter, span: null, delivery }).toString();
  return params === '' ? '/deliveries' : `/deliveries?${params}`;
}

type ListMember = (typeof lists)[keyof typeof lists];

/** Those of the values that the filter's member allows, each once. */
function known(member: ListMember, values: readonly string[]): unknown[] {
  const one = (deliveryFilter.shape[member].unwrap() as z.ZodArray<z.ZodType>).element;
  return [...new Set(values)].filter((value) => one.safeParse(value).success).slice(0, 100);
}

/** Sets a member where the filter allows its value. */
function keep(filter: Record<string, unknown>, member: keyof DeliveryFilter, value: unknown): void {
  if (value !== undefined && deliveryFilter.shape[member].safeParse(value).success) filter[member] = value;
}

const whole = (text: string | null) => (text !== null && /^\d+$/.test(text) ? Number(text) : undefined);

function instant(text: string | null): number | undefined {
  const value = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(value) ? undefined : value;
}
