/** What was posted to a source with a shape, taken apart into messages: JSON, lines of it, a form, XML, or any text. */
import { isUtf8 } from 'node:buffer';
import { saidByXml } from '../../../shared/source-kinds/file-text.ts';
import { elementSpans, skipSpace } from '../json-spans.ts';
import { charsetOf, declaredIn, decodeBody, windowsText } from './charset.ts';
import { isJson, isLines, isXml, mediaType } from './content-type.ts';

/**
 * Of a JSON array each element, of NDJSON each line, of a form its fields as an object; what is none of them is
 * `{"body": "…"}`, so that a shape can be made for it too. What is said to be JSON, or begins as such, and is none stays as it is: whoever reads
 * it tells where it goes wrong. XML is `{"xml": "…"}`: it is kept as it came, and its shape sees
 * what is in it.
 *
 * @param contentType as the request declares it
 * @returns JSON text of each, or what should have been
 */
export function postedMessages(bytes: Uint8Array, contentType: string): readonly string[] {
  const text = textOf(bytes, contentType);
  const value = parsed(text);
  if (Array.isArray(value) && value.length > 0) {
    return elementSpans(text, skipSpace(text, 0)).map(({ start, end }) => text.slice(start, end));
  }
  if (value !== undefined) return [text.trim()];
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (isLines(mediaType(contentType))) return lines.map((line) => line.trim());
  if (isJson(mediaType(contentType)) || beginsAsJson.test(text)) return [text];
  if (mediaType(contentType) === 'application/x-www-form-urlencoded' && /^[^\s=]+=/.test(text)) return [fieldsOf(text)];
  return [isXml(mediaType(contentType)) || text.trimStart().startsWith('<') ? asXml(text) : asBody(text)];
}

/** Programs that send JSON often say nothing of it, or, as curl does, that it is a form. */
const beginsAsJson = /^\s*(?:\{\s*"|\[\s*[{["])/;

const asXml = (text: string): string => JSON.stringify({ xml: text }).toWellFormed();

/** @returns the XML of a message that was posted as XML; null: it is another one */
export function xmlOf(raw: string): string | null {
  if (!raw.startsWith('{"xml":')) return null;
  const value = parsed(raw);
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return null;
  const { xml } = value as { xml: unknown };
  return typeof xml === 'string' ? xml : null;
}

const asBody = (text: string): string => JSON.stringify({ body: text }).toWellFormed();

/** A field that is there twice is a list. */
function fieldsOf(text: string): string {
  const fields: Record<string, string | string[]> = Object.create(null);
  for (const pair of text.trim().split('&')) {
    if (pair === '') continue;
    const [name = '', ...parts] = pair.split('=').map(unescaped);
    const value = parts.join('=');
    const before = fields[name];
    fields[name] = before === undefined ? value : [before, value].flat();
  }
  return JSON.stringify(fields);
}

/** Of a form's text: bytes that are no UTF-8 are in what old programs write, as in a body. */
const unescaped = (part: string): string =>
  part.replaceAll('+', ' ').replace(/(?:%[\da-f]{2})+/gi, (escaped) => {
    const bytes = Buffer.from(escaped.replaceAll('%', ''), 'hex');
    return isUtf8(bytes) ? bytes.toString('utf8') : windowsText(bytes);
  });

function textOf(bytes: Uint8Array, contentType: string): string {
  const charset = charsetOf(contentType);
  try {
    if (charset !== undefined) return decodeBody(bytes, charset);
  } catch {
    // Read below by what XML says of itself, or as what every byte is a letter of.
  }
  const start = Buffer.from(bytes.subarray(0, tellingStart)).toString('latin1');
  const said = charset === undefined ? declaredIn(contentType) : saidByXml(start);
  return textByName(bytes, said) ?? decodeBody(bytes, isUtf8(bytes) ? null : 'windows-1252');
}

const tellingStart = 200;

/** Null where there is no such character set, or the bytes are none. */
function textByName(bytes: Uint8Array, name: string | null): string | null {
  if (name === null) return null;
  try {
    return new TextDecoder(name, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
