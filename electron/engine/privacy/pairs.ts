/** Members and their values in a text that is no JSON: of an answer that was cut off, of a form, of a program's words. */

/** `"password":"x"`, `api_key=x`, `authorization: Bearer x`: up to where a value of its kind ends. */
const pairs =
  /(["']?)([\p{L}_][\p{L}\p{N}_.-]{0,60})\1(\s{0,4}[:=]\s{0,4})("(?:[^"\\]|\\.){0,4000}(?:"(?!\s*:)|$)|'[^']{0,4000}(?:'(?!\s*:)|$)|(?:(?:bearer|basic)\s+)?[^\s&,;"'<>{}[\]]{1,4000})/giu;

/** @param instead what stands for the value of such a member; null: it stays */
export const withoutPairs = (text: string, instead: (member: string) => string | null): string =>
  text.replace(pairs, (whole, quote: string, member: string, between: string, value: string) => {
    const shown = instead(member);
    if (shown === null) return whole;
    const around = /^["']/.exec(value)?.[0] ?? '';
    return `${quote}${member}${quote}${between}${around}${shown}${around}`;
  });
