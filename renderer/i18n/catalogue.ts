/** The shape that a feature's words must have in every language. */

/**
 * The Filipino catalogue of an English one: every key, and a plural's one form where English has two
 * (`waiting` for `waiting_one` and `waiting_other`), because the noun does not change after a number.
 */
export type WordsLike<English> = {
  readonly [Key in keyof English as Key extends `${infer Base}_one` | `${infer Base}_other` ? Base : Key]: string;
};
