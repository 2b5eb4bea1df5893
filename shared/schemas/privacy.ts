/** What of an event is personal, and how it is treated where it leaves the property. */
import { z } from 'zod';
import { eventType } from './values.ts';

/**
 * `keep`: a label that stays; `id`: stays where it looks like one; `name`: becomes a pseudonym; `link`: only its host
 * stays; `secret`: never leaves, whatever is chosen. The others are taken out, and say what stood there; `text` and `number`
 * are what no rule names and what may be anything, `remove` is what a person chose to take out.
 */
export const treatments = [
  'keep',
  'id',
  'name',
  'link',
  'secret',
  'card',
  'mail',
  'phone',
  'birth',
  'document',
  'plate',
  'address',
  'note',
  'text',
  'number',
  'remove',
] as const;
export type Treatment = (typeof treatments)[number];

/** What a person may choose for a member. */
export const chosenTreatments = ['keep', 'name', 'remove'] as const;

/** A member's name or the end of its path, `*` for anything within one name. */
export const memberPattern = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[\p{L}\p{N}_*]+(?:\.[\p{L}\p{N}_*]+)*$/u, 'a member such as guest_name, room.name or *_note');

/** A property's own rule, before the built-in ones. */
export const ownPrivacyRule = z.strictObject({ member: memberPattern, treatment: z.enum(chosenTreatments) });
export type OwnPrivacyRule = z.output<typeof ownPrivacyRule>;

/** Members that leave as they are by a property's own word, guests among them: said wherever something leaves. */
export const keptMembers = (own: readonly OwnPrivacyRule[]): readonly string[] =>
  own.filter(({ treatment }) => treatment === 'keep').map(({ member }) => member);

/** A built-in rule: the first that matches a member wins. */
export const privacyRule = z.object({
  member: z.string(),
  treatment: z.enum(treatments),
  /** Only in events of this type; null in all. */
  event: eventType.nullable(),
});
