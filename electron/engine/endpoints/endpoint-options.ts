/** An endpoint's kind and what a person chose for it, out of its row and into it. */
import {
  type EndpointKindName,
  endpointKinds,
  isEndpointKind,
  usualKind,
} from '../../../shared/endpoint-kinds/index.ts';
import {
  changedOptions,
  type OptionsChange,
  type ReadOptions,
  readOptions,
} from '../../../shared/endpoint-kinds/options.ts';
import type { EndpointRow } from '../store/endpoints.ts';

interface ReadSetUp extends Pick<ReadOptions, 'options'> {
  readonly kind: EndpointKindName;
  /** What is stored as this version does not know it: it is at its default. */
  readonly fellBack: readonly string[];
}

/** A kind or an option of another version, or what is no JSON at all, costs no more than itself. */
export function optionsOf(row: Pick<EndpointRow, 'kind' | 'options'>): ReadSetUp {
  const kind = isEndpointKind(row.kind) ? row.kind : usualKind;
  const { options, fellBack } = readOptions(endpointKinds[kind], parsed(row.options));
  return { kind, options, fellBack: [...(kind === row.kind ? [] : ['kind']), ...fellBack] };
}

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
