import { useState } from 'react';
import { type UtcMs, utcMs } from '../../shared/domain.ts';
import { type FilterView, filterAt } from './filter-address.ts';

/** The filter of a view. "The last 24 hours" begins where it began when it was chosen, until something changes. */
export function useAskedFilter<Filter extends { from?: UtcMs | undefined; to?: UtcMs | undefined }>(
  view: FilterView<Filter>,
): Filter {
  const text = JSON.stringify([view.filter, view.span]);
  const [asked, setAsked] = useState(() => ({ text, filter: filterAt(view, utcMs(Date.now())) }));
  if (asked.text === text) return asked.filter;
  const next = { text, filter: filterAt(view, utcMs(Date.now())) };
  setAsked(next);
  return next.filter;
}
