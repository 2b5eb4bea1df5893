/** The PIN that the window asks for before it shows or gives away what it should not, and the screen's lock. */
import { z } from 'zod';
import { tones } from '../domain.ts';
import { sentence } from '../sentences/sentence.ts';
import { at, sentence as sentenceSchema } from './values.ts';

const isEasy = (pin: string): boolean =>
  /^(\d)\1*$/.test(pin) || '01234567890123456789'.includes(pin) || '98765432109876543210'.includes(pin);

/** What is entered: anything, so that a wrong one is told as wrong and not as badly written. */
export const enteredPin = z.string().max(50);
/** A PIN that is chosen: 4 to 12 digits, not all the same and no row. What was given is never repeated. */
export const chosenPin = z.string().superRefine((pin, context) => {
  const says = !/^\d{4,12}$/.test(pin)
    ? sentence('problem.pin_digits')
    : isEasy(pin)
      ? sentence('problem.pin_easy')
      : null;
  if (says) context.addIssue({ code: 'custom', params: { says } });
});

/** Minutes without a key or a pointer after which the window locks; null: never. */
export const lockAfterMinutes = z.number().int().min(1).max(480).nullable();

export const lockState = z.object({
  /** There is a PIN. */
  pin: z.boolean(),
  lockAfterMinutes,
  /** This window is locked: it is told nothing but this. */
  locked: z.boolean(),
  /** Wrong tries that are left before entering is closed for a time. */
  triesLeft: z.number().int(),
  /** Entering is closed until then; null where it is not. */
  closedUntil: at.nullable(),
  timeZone: z.string(),
  /** While it is locked, how things are in one line: by names of endpoints and sources, never of guests. */
  says: sentenceSchema.nullable(),
  tone: z.enum(tones),
  /**
   * Seals what this window hides while it is locked, for when it is loaded anew meanwhile: base64, another one after each
   * start of the engine. Null while it is locked, and where there is nothing to hide from.
   */
  hidingKey: z.string().nullable(),
});
export type LockState = z.infer<typeof lockState>;
