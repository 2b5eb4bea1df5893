/** "Forget a guest": what is looked for, what would go, and how far it is. */
import { z } from 'zod';
import { sentence } from '../sentences/sentence.ts';
import { at, count, eventId } from './values.ts';

/** A check of our own says what it expects. */
const expected = (key: 'problem.input_mail' | 'problem.input_phone') => ({
  params: { says: sentence(key, { member: '' }) },
});
const text = z.string().trim().min(1).max(200);

/** Any of them finds a guest; at least one is given. */
export const sought = z
  .strictObject({
    booking: text.optional(),
    name: z.string().trim().min(2).max(200).optional(),
    mail: z
      .string()
      .trim()
      .max(200)
      .refine((mail) => /^[^\s@]+@[^\s@]+$/.test(mail), expected('problem.input_mail'))
      .optional(),
    phone: z
      .string()
      .trim()
      .max(50)
      .refine((phone) => phone.replaceAll(/\D/g, '').length >= 7, expected('problem.input_phone'))
      .optional(),
  })
  .refine((given) => Object.values(given).some((one) => one !== undefined), 'expected booking, name, mail or phone');
export type Sought = z.output<typeof sought>;
/** Events that were found and are another guest's: they keep everything. */
export const leaveOut = z.array(eventId).max(1000).default([]);
export const foundBy = ['booking', 'name', 'mail', 'phone'] as const;

/** What would be forgotten, and where it lies. */
export const forgetPreview = z.object({
  events: count,
  deliveries: count,
  oldestAt: at.nullable(),
  newestAt: at.nullable(),
  /** Events that were found and are left out: not among `events`. */
  leftOut: count,
  /** Of those the ones in which the name, booking, mail or phone stays. */
  stillNaming: count,
  /** The newest, so that a person sees whether it is the right guest; those that are left out are among them. */
  some: z.array(
    z.object({
      ...{ id: eventId, at, event: z.string(), guest: z.string().nullable(), about: z.string().nullable() },
      isLeftOut: z.boolean(),
    }),
  ),
  /** What has not arrived and is cancelled by it, by receiver. */
  undelivered: z.array(z.object({ name: z.string(), deliveries: count })),
  /** Events of the same guest's name, mail or phone that are not among them; a search by these finds them. */
  elsewhere: z.array(z.object({ kind: z.enum(['name', 'mail', 'phone']), value: z.string(), events: count })),
  /** Requests that the test bench shows, of the guest's events or with the guest in them. */
  atBench: count,
  /** Rows of other lists in which the guest is named: refused requests, answers, who did what. */
  rows: z.array(z.object({ table: z.string(), rows: count })),
  /**
   * Files of the data folder, from its top, and those that scheduled exports wrote, with their whole path. `left`: somebody
   * has changed it since, or it is a folder that cannot be looked into now: a person has to do it. So it is with `original`:
   * a file of a source's own, which was read and moved to `processed` or `rejected` in its folder.
   */
  files: z.array(z.object({ path: z.string(), what: z.enum(['removed', 'blanked', 'rewritten', 'left', 'original']) })),
});
export type ForgetPreview = z.output<typeof forgetPreview>;

export const forgetSteps = ['events', 'rows', 'files', 'log', 'backups', 'traces', 'done'] as const;
export const forgetting = z.object({
  id: z.string(),
  askedAt: at,
  endedAt: at.nullable(),
  step: z.enum(forgetSteps),
  foundBy: z.array(z.enum(foundBy)),
  events: count,
  deliveries: count,
  cancelled: count,
  leftOut: count,
  stillNaming: count,
  rows: count,
  files: count,
  backups: count,
  /** Backups that could not be rewritten: damaged, or in use. They go as newer ones take their place. */
  backupsLeft: z.array(z.string()),
  /** Files and folders of scheduled exports in which the guest may still stand. */
  filesLeft: z.array(z.string()),
  /** What SQLite left on its pages goes when the file is rebuilt at night. */
  tracesTonight: z.boolean(),
  /** Events and rows in which a last look still found the guest: they came meanwhile. */
  remaining: count,
  /** Requests that the test bench shows no more. */
  atBench: count,
});
export type Forgetting = z.output<typeof forgetting>;
