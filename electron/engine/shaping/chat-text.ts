/** What a stranger wrote as chat services show it: as it is, without links, markup or calls of people in it. */

/** Slack reads three characters: a link, a channel or `<!channel>` stands between angle brackets. */
export const inSlack = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Any sign that Markdown may read, Discord's `<@…>` and `||` among them, behind a backslash. */
export const inMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]()#+\-.!|~>:<@]/g, '\\$&');

/** A name behind `@` calls somebody; with a joiner of no width between, it is a text. */
export const withoutMentions = (text: string): string => text.replace(/@(?=\S)/g, '@\u2060');
