/** A form in parts (`multipart/form-data`), as old programs and form builders post it: its fields, and what files it brings. */
import { isUtf8 } from 'node:buffer';
import { windowsText } from './charset.ts';
import { mediaType } from './content-type.ts';

/**
 * @param contentType as the request declares it
 * @returns its fields as JSON text of one object, a field that is there twice as a list; a file is an object of its name
 *   (`filename`), `type`, and its content as `text`, or in `base64` where it is none. Null: it is no such form, or a broken one
 */
export async function fieldsOfParts(bytes: Uint8Array, contentType: string): Promise<string | null> {
  if (mediaType(contentType) !== 'multipart/form-data') return null;
  // Each byte as a letter of its own: what is read of a form is taken for UTF-8, whatever it is in.
  const letters = Buffer.from(bytes).toString('latin1');
  let form: FormData;
  try {
    form = await new Response(letters, { headers: { 'content-type': contentType } }).formData();
  } catch {
    return null;
  }
  const fields: Record<string, unknown> = Object.create(null);
  for (const [name, value] of form) {
    const field = textOf(bytesOf(name));
    const shown = typeof value === 'string' ? textOf(bytesOf(value)) : await fileOf(value);
    const before = fields[field];
    fields[field] = before === undefined ? shown : [before, shown].flat();
  }
  return JSON.stringify(fields);
}

async function fileOf(file: File): Promise<object> {
  const content = bytesOf(await file.text());
  const named = { filename: textOf(bytesOf(file.name)), type: file.type };
  return isUtf8(content)
    ? { ...named, text: content.toString('utf8') }
    : { ...named, base64: content.toString('base64') };
}

const bytesOf = (letters: string): Buffer => Buffer.from(letters, 'latin1');

const textOf = (bytes: Buffer): string => (isUtf8(bytes) ? bytes.toString('utf8') : windowsText(bytes));
