/** A language, with or without its country, in which dates and money can be written: BCP 47. */
export function isLocale(text: string): boolean {
  try {
    // What is only well formed, such as "english", would be written by this PC's own language.
    return Intl.DateTimeFormat.supportedLocalesOf(text).length > 0;
  } catch {
    return false;
  }
}
