/**
 * What a list is narrowed to, as the window's address says it, and back: so that Back works and a link brings a
 * colleague to the same rows. What an address says wrongly is left out, never an error: it may have been typed
 * by hand.
 */
import type { z } from 'zod';
import { type UtcMs, utcMs } from '../../shared/domain.ts';

/** Time spans that end now, by the name that the address gives them, in milliseconds. */
export const spans = { '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000, '30d': 2_592_000_000 } as const;
export type Span = keyof typeof spans;

interface Timed {
  readonly from?: UtcMs | undefined;
  readonly to?: UtcMs | undefined;
}

/** A filter whose time may be "the last 7 days": it becomes a filter of the engine when it is asked. */
export interface FilterView<Filter extends Timed> {
  readonly filter: Filter;
  /** Instead of `filter.from` and `filter.to`. */
  readonly span: Span | null;
}

/** How a member of the filter stands in the address; `list`: several, with commas. */
export interface AddressMember<Filter> {
  readonly param: string;
  readonly member: keyof Filter & string;
  readonly kind: 'text' | 'list' | 'number' | 'flag';
}

export interface FilterAddress<Filter extends Timed> {
  read(params: URLSearchParams): FilterView<Filter>;
  /** Always in the same order, so that equal views have equal addresses. */
  write(view: FilterView<Filter>): URLSearchParams;
}

export function filterAddress<Filter extends Timed>(
  schema: z.ZodObject<z.ZodRawShape, z.core.$strict>,
  members: readonly AddressMember<Filter>[],
): FilterAddress<Filter> {
  const allows = (member: string, value: unknown) =>
    value !== undefined && (schema.shape[member] as z.ZodType).safeParse(value).success;

  return {
    read(params) {
      const filter: Record<string, unknown> = {};
      const keep = (member: string, value: unknown) => {
        if (allows(member, value)) filter[member] = value;
      };
      for (const { param, member, kind } of members) {
        const text = params.get(param)?.trim() ?? '';
        if (text === '') continue;
        if (kind === 'text') keep(member, text);
        else if (kind === 'flag') keep(member, text === 'true' ? true : undefined);
        else if (kind === 'number') keep(member, /^\d+$/.test(text) ? Number(text) : undefined);
        else {
          const values = [...new Set(text.split(','))].filter((value) => allows(member, [value])).slice(0, 100);
          keep(member, values.length > 0 ? values : undefined);
        }
      }
      const named = params.get('last');
      const span = named !== null && Object.hasOwn(spans, named) ? (named as Span) : null;
      if (span === null) {
        keep('from', instant(params.get('from')));
        keep('to', instant(params.get('to')));
      }
      return { filter: schema.parse(filter) as unknown as Filter, span };
    },

    write({ filter, span }) {
      const params = new URLSearchParams();
      for (const { param, member } of members) {
        const value = filter[member];
        if (value !== undefined && String(value) !== '') params.set(param, String(value));
      }
      if (span !== null) params.set('last', span);
      else {
        if (filter.from !== undefined) params.set('from', new Date(filter.from).toISOString());
        if (filter.to !== undefined) params.set('to', new Date(filter.to).toISOString());
      }
      return params;
    },
  };
}

/** The filter to ask with. A span begins at a whole minute, so that the same question stays the same for a while. */
export function filterAt<Filter extends Timed>(view: FilterView<Filter>, now: UtcMs): Filter {
  if (view.span === null) return view.filter;
  return { ...view.filter, from: utcMs(Math.floor((now - spans[view.span]) / 60_000) * 60_000) };
}

/** How many things a view is narrowed by. */
export function narrowings<Filter extends Timed>({ filter, span }: FilterView<Filter>): number {
  const { from, to, ...rest } = filter;
  return Object.keys(rest).length + (span !== null || from !== undefined || to !== undefined ? 1 : 0);
}

/** A filter without members that say nothing. */
export function without<Filter extends object>(
  filter: {
    readonly [Member in keyof Filter]?: Filter[Member] | undefined;
  },
): Filter {
  const said = Object.entries(filter).filter(
    ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(said) as Filter;
}

function instant(text: string | null): number | undefined {
  const value = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(value) ? undefined : value;
}
