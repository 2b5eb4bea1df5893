/**
 * A text inside a pattern, as nothing but its own letters. Only signs that have a meaning there: a pattern that reads Unicode
 * takes no backslash before any other, such as the hyphen of "O'Brien-Ng".
 */
export const literally = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
