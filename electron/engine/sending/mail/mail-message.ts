/** A message as it goes over the wire: built by nodemailer, from what its kind made of an event. Pure but for the builder. */
import MailComposer from 'nodemailer/lib/mail-composer';

export interface MailMessage {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Without its angle brackets. */
  readonly messageId: string;
  /** When it is sent. */
  readonly at: number;
  /** Further headers, names and values in one flat list. */
  readonly headers: readonly string[];
}

/** A message, and the bare addresses that the server is told. */
export interface BuiltMessage {
  readonly bytes: Buffer;
  readonly from: string;
  readonly to: readonly string[];
}

/**
 * The bytes of a message: its text and the same as HTML, for programs that show either. No value of it can end a header:
 * what strangers wrote is one line each (`oneLine`), and names beyond ASCII are encoded (RFC 2047).
 */
export async function buildMessage(message: MailMessage): Promise<BuiltMessage> {
  const { from, to, subject, text, html, messageId, at, headers } = message;
  const further: { key: string; value: string }[] = [];
  for (let index = 0; index < headers.length; index += 2) {
    further.push({ key: oneLine(headers[index] ?? ''), value: oneLine(headers[index + 1] ?? '') });
  }
  const composer = new MailComposer({
    from: oneLine(from),
    to: to.map(oneLine),
    subject: oneLine(subject),
    text,
    html,
    messageId: `<${oneLine(messageId)}>`,
    date: new Date(at),
    headers: further,
    newline: '\r\n',
    // A template's text is text: never a file of this PC, never a page.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const built = composer.compile();
  const envelope = built.getEnvelope();
  return { bytes: await built.build(), from: String(envelope.from), to: [...new Set(envelope.to)] };
}

/** Without what could end a line, or hide one: control characters and Unicode's line ends are a space. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

/** The text as a simple page: paragraphs, and addresses as they stand. */
export function htmlOf(text: string): string {
  const paragraphs = text
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => `<p>${escaped(paragraph).replace(/\n/g, '<br>\n')}</p>`);
  return `<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head><body style="font-family:sans-serif">\n${paragraphs.join('\n')}\n</body></html>\n`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
