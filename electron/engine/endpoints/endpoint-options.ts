/** An endpoint's kind and what a person chose for it, out of its row and into it. */
import { type EndpointKindName, isEndpointKind, kindNamed, usualKind } from '../../../shared/endpoint-kinds/index.ts';
import {
  changedOptions,
  type OptionsChange,
  type ReadOptions,
  readOptions,
} from '../../../shared/endpoint-kinds/options.ts';
import { readKindConfig } from '../../../shared/kind-config.ts';
import type { EndpointRow } from '../store/endpoints.ts';

interface ReadSetUp extends Pick<ReadOptions, 'options'> {
  readonly kind: EndpointKindName;
  /** What was chosen for the kind alone, without what is secret of it. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What is stored as this version does not know it: it is at its default. */
  readonly fellBack: readonly string[];
}

/** A kind or an option of another version, or what is no JSON at all, costs no more than itself. */
export function optionsOf(row: Pick<EndpointRow, 'kind' | 'options'>): ReadSetUp {
  const kind = isEndpointKind(row.kind) ? row.kind : usualKind;
  const descriptor = kindNamed(kind);
  const { options, fellBack } = readOptions(descriptor, parsed(row.options));
  // What is secret lies elsewhere, and is nothing that this is without.
  const open = { name: kind, config: descriptor.config.partial() };
  const { config, fellBack: ofConfig } = readKindConfig(open, storedConfig(row));
  const unknown = kind === row.kind ? [] : ['kind'];
  return { kind, options, config: config ?? {}, fellBack: [...unknown, ...fellBack, ...ofConfig] };
}

/** As it lies in the row: nothing of it is at its default. */
export function storedConfig(row: Pick<EndpointRow, 'kind' | 'options'>): Readonly<Record<string, unknown>> {
  const stored = parsed(row.options) as { readonly config?: unknown } | null;
  const { config } = stored ?? {};
  return typeof config === 'object' && config !== null ? (config as Record<string, unknown>) : {};
}

/** @param config of the kind, without what is secret of it; what was stored of another kind is gone */
export const withConfig = (row: Partial<EndpointRow>, config: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ ...(row.options === undefined ? {} : (parsed(row.options) as object | null)), config });

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
