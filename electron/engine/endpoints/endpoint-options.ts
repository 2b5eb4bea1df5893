/** What a person chose for an endpoint, out of its row and into it. */
import {
  changedOptions,
  type OptionsChange,
  type ReadOptions,
  readOptions,
} from '../../../shared/endpoint-kinds/options.ts';
import type { EndpointRow } from '../store/endpoints.ts';

/** Options of another shape, or no JSON at all, cost no more than themselves: their defaults are used. */
export const optionsOf = ({ options }: Pick<EndpointRow, 'options'>): ReadOptions => readOptions(parsed(options));

/** @param row without options where the endpoint is a new one */
export const optionsText = (row: Partial<EndpointRow>, change: OptionsChange): string =>
  JSON.stringify(changedOptions(row.options === undefined ? {} : parsed(row.options), change));

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
