/** The editor of a test event: the catalogue's sample as text, and the text as data or as what is wrong with it. */
import type { EventType } from '../../../shared/events.ts';
import { sampleText as sampleOf } from '../../../shared/samples.ts';

/** The sample of an event, printed for editing. */
export const sampleText = (event: EventType): string => sampleOf(event, true);

export type ReadData =
  | { readonly ok: true; readonly data: Record<string, unknown> }
  | { readonly ok: false; readonly problem: 'notObject' }
  | { readonly ok: false; readonly problem: 'notJson'; readonly detail: string };

/** Reads what stands in the editor. */
export function readData(text: string): ReadData {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { ok: false, problem: 'notObject' };
    return { ok: true, data: value as Record<string, unknown> };
  } catch (problem) {
    return { ok: false, problem: 'notJson', detail: (problem as Error).message };
  }
}
