/** Any receiver that takes a POST: the operator's own template, and what an answer must be to count as a success. */
import { z } from 'zod';
import { headerName, isReservedHeader } from '../header-names.ts';
import { sentence } from '../sentences/sentence.ts';
import { likeWebhook, longestTemplate } from './kind.ts';
import { presets } from './presets.ts';

const text = z.string().min(1).max(200).nullable().default(null);

/**
 * What may be called a success: what the contract gives no meaning of its own. A 410 is gone, a 401 of the set-up, a 5xx
 * down, whatever a person says; a 409 is how some say that they have it already.
 */
const mayMeanSuccess = (status: number): boolean => (status >= 200 && status <= 399) || status === 409;

const successStatus = z
  .number()
  .int()
  .superRefine((found, context) => {
    if (mayMeanSuccess(found)) return;
    context.addIssue({ code: 'custom', params: { says: sentence('problem.success_status', { member: '', found }) } });
  });

const config = z.strictObject({
  /** What the template makes, and its content type. */
  content: z.enum(['json', 'form', 'text', 'xml']).default('json'),
  /** Liquid: `data.guest_name`, `event`, `property.name` and the rest (`engine/shaping/scope.ts`). */
  template: z.string().min(1).max(longestTemplate).default(presets.event.template),
  /** Empty: any 2xx. */
  successStatuses: z.array(successStatus).max(20).default([]),
  /** Its answer's first 64 KiB must say this, or must not; null: whatever they say. */
  mustContain: text,
  mustNotContain: text,
  /** `X-RoostSync-Signature` once more under this name; null: not. */
  signatureHeader: z
    .string()
    .max(100)
    .refine((name) => headerName.test(name) && !isReservedHeader(name), {
      params: { says: sentence('problem.signature_header', { member: 'signatureHeader' }) },
    })
    .nullable()
    .default(null),
  /** There without `sha256=` before its digits. */
  bareHex: z.boolean().default(false),
});
export type CustomConfig = z.output<typeof config>;

export const custom = likeWebhook({
  name: 'custom',
  receivers: [],
  config,
  sendsEvents: false,
  lacks: (_address, { mustContain, mustNotContain }) =>
    typeof mustContain === 'string' && typeof mustNotContain === 'string' && mustContain.includes(mustNotContain)
      ? { member: 'mustNotContain', says: sentence('problem.answer_contradiction', { member: 'mustNotContain' }) }
      : null,
  words: {
    name: 'endpoint_kind.custom',
    asks: {
      content: 'endpoint_kind.custom.content',
      template: 'endpoint_kind.custom.template',
      successStatuses: 'endpoint_kind.custom.success_statuses',
      mustContain: 'endpoint_kind.custom.must_contain',
      mustNotContain: 'endpoint_kind.custom.must_not_contain',
      signatureHeader: 'endpoint_kind.custom.signature_header',
      bareHex: 'endpoint_kind.custom.bare_hex',
    },
  },
});
