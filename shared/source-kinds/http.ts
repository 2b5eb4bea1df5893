/** A program that posts to our intake, with a token or on its secret path: the contract of `POST /v1/events`. */
import { z } from 'zod';
import { ofForm } from '../text-form.ts';
import { signatureWays } from './signature-ways.ts';
import type { SourceKind } from './source-kind.ts';

/** Visible ASCII, as a header can carry it; a user's name and password may have blanks. */
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

const config = z.strictObject({
  /** What it signs, or proves itself by, beside its token or secret path. */
  signature: z.enum(signatureWays).default('none'),
  /** Of `header`: which one carries the secret. */
  signatureHeader: ofForm(z.string().max(100), headerName, 'problem.header_expected').default('X-Webhook-Secret'),
  /** Of `basic`. */
  signatureUser: z.string().max(200).default(''),
  /** The key it signs with, or the password. */
  signatureSecret: z.string().min(8).max(500).optional(),
});

export type HttpConfig = z.output<typeof config>;

export const http: SourceKind = {
  name: 'http',
  isAdded: true,
  isPosted: true,
  config,
  secrets: ['signatureSecret'],
  words: { name: 'source_kind.http' },
};
