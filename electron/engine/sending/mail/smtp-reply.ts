/** What a mail server says: replies of one or several lines (RFC 5321, 4.2). */
import type { Socket } from 'node:net';
import { closedByReceiver, coded } from '../transport-failure.ts';

export interface SmtpReply {
  readonly code: number;
  /** Its lines without the codes, in one. */
  readonly text: string;
  /** As it came. */
  readonly raw: string;
}

/** A server that says so much before it comes to an end is none. In characters. */
const longestReply = 16 * 1024;

/**
 * Reads the next reply; nothing may stand behind it, since nothing was asked yet: what came before TLS must not be taken
 * for what comes within it (CVE-2011-0411).
 * @throws {Error} `NOT_SMTP`, `CLOSED`, or the socket's own
 */
export function readReply(socket: Socket): Promise<SmtpReply> {
  return new Promise((resolve, reject) => {
    let raw = '';
    const onData = (chunk: Buffer) => {
      raw += chunk.toString('latin1');
      const end = endOf(raw);
      const reply = end === null ? null : parseReply(raw);
      if (end === null) {
        if (raw.length > longestReply) fail(notSmtp('a reply without an end'));
      } else if (end < raw.length || reply === null) {
        fail(notSmtp(reply === null ? raw.slice(0, 60).trim() : 'more than one reply'));
      } else {
        leave();
        resolve(reply);
      }
    };
    const fail = (error: Error) => {
      leave();
      reject(error);
    };
    const onClose = () => fail(closedByReceiver());
    const leave = () => {
      socket.off('data', onData);
      socket.off('error', fail);
      socket.off('close', onClose);
      socket.off('end', onClose);
      socket.pause();
    };
    socket.on('data', onData);
    socket.once('error', fail);
    socket.once('close', onClose);
    socket.once('end', onClose);
    socket.resume();
  });
}

/** Where the first reply of a text ends, behind its line's end; null where it has not come whole. */
function endOf(text: string): number | null {
  for (let from = 0; ; ) {
    const newline = text.indexOf('\n', from);
    if (newline < 0) return null;
    // Only `250-` says that another line follows.
    if (!/^\d{3}-/.test(text.slice(from, from + 4))) return newline + 1;
    from = newline + 1;
  }
}

/** @returns null where it is no reply */
export function parseReply(raw: string): SmtpReply | null {
  const lines = raw.split(/\r?\n/).filter((line) => line !== '');
  const code = /^([2-5]\d{2})(?:[ -]|$)/.exec(lines[0] ?? '')?.[1];
  if (code === undefined) return null;
  const bytes = Buffer.from(lines.map((line) => line.replace(/^\d{3}[ -]?/, '')).join(' '), 'latin1');
  return { code: Number(code), text: bytes.toString('utf8').trim(), raw };
}

const notSmtp = (what: string) => coded('NOT_SMTP', `The answer cannot be read as SMTP: ${what}.`);
