/** Reads a file that a person chose or dropped as text, whatever a Windows program wrote it in. */

/** Most bytes of a file that is handed in by hand; larger ones belong into the folder of a source. */
export const mostHandedIn = 900_000;

/** @returns its text; what is neither UTF-8 nor UTF-16 is Windows-1252, which programs write without saying so */
export async function textOfFile(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
