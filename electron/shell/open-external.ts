/** The one way out of the app to the person's browser: an ordinary https address, and nothing that runs. */

/** @returns the address as it may be opened, or null: another scheme, a user name in it, no real host */
export function externalAddress(text: string): string | null {
  if (text.length > 2000) return null;
  try {
    const url = new URL(text);
    const isOrdinary = url.protocol === 'https:' && url.username === '' && url.password === '' && url.hostname !== '';
    return isOrdinary ? url.href : null;
  } catch {
    return null;
  }
}

/**
 * @param openExternal Electron's `shell.openExternal`
 * @returns whether the address was one that may be opened
 */
export async function openExternalSafely(text: string, openExternal: (url: string) => Promise<void>): Promise<boolean> {
  const address = externalAddress(text);
  if (address === null) return false;
  await openExternal(address);
  return true;
}
