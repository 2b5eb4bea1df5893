/** A delivery's request as a command for a POSIX shell, to be tried by hand or sent to the receiver's support. */

export interface RequestToRepeat {
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** Made anew by whoever sends the request; repeating them as they were would contradict the body or the connection. */
const ownOfConnection = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive']);

/** The command. Header values that the log does not keep are written as they are masked, for filling in. */
export function curlOf(request: RequestToRepeat): string {
  const lines = [`curl ${quoted(request.url)}`, '--request POST'];
  for (const [name, value] of request.headers)
    if (!ownOfConnection.has(name.toLowerCase())) lines.push(`--header ${quoted(`${name}: ${value}`)}`);
  lines.push(`--data-binary ${quoted(request.body)}`);
  return lines.join(' \\\n  ');
}

/** In single quotes a POSIX shell changes nothing; a quote itself ends them, is escaped, and begins them again. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
