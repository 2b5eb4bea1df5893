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
  readonly attached?: readonly Attachment[];
}

/** A file that goes with a message. */
export interface Attachment {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
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
  const { from, to, subject, text, html, messageId, at, headers, attached = [] } = message;
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
    attachments: attached.map(({ name, type, bytes }) => ({
      filename: oneLine(name),
      contentType: type,
      content: Buffer.from(bytes),
    })),
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
