/**
 * FIAS, the interface of OPERA and Suite8 that door locks and phones are connected by: it tells who checks in and out, and
 * who moves. It takes one client: a second one throws the first out, so that an instance of the interface is needed that
 * nothing else uses.
 */
import { z } from 'zod';
import { ofForm } from '../text-form.ts';
import { textCharsets } from './file-form.ts';
import type { SourceKind } from './source-kind.ts';

const config = z.strictObject({
  /** Where the interface listens (IFC, IFC8): a name or an address in the property's network. */
  host: ofForm(z.string().trim().min(1).max(253), /^[\w.:-]+$/, 'problem.host_expected'),
  port: z.number().int().min(1).max(65_535),
  /** How its texts are written. */
  charset: z.enum(textCharsets).default('windows-1252'),
  /** What this client says it is: two letters, as the interface is set up for it. */
  interfaceType: ofForm(z.string(), /^[A-Z]{2}$/, 'problem.two_letters').default('XX'),
  /** A person has said that nothing else is connected to this instance. */
  ownInstance: z.boolean().default(false),
});
export type FiasConfig = z.output<typeof config>;

export const fias: SourceKind = {
  name: 'fias',
  isAdded: true,
  isPosted: false,
  config,
  secrets: [],
  words: { name: 'source_kind.fias' },
};
