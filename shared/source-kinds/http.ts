/** A program that posts to our intake, with a token or on its secret path: the contract of `POST /v1/events`. */
import { z } from 'zod';
import type { SourceKind } from './source-kind.ts';

/** Whatever a PMS may differ in is taken as it comes: there is nothing to choose yet. */
const config = z.strictObject({});

export const http: SourceKind<typeof config.shape> = {
  name: 'http',
  isAdded: true,
  isPosted: true,
  config,
  secrets: [],
  words: { name: 'source_kind.http' },
};
