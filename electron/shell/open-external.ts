/**
 * The one way out of the app to the person's browser: an ordinary https address, and nothing that runs. Sign-in pages of
 * Wi-Fis are often plain http: the one that the engine has found may be opened all the same, and no other.
 */

/**
 * @param signInPage where the engine has found a sign-in page; null where it has found none
 * @returns the address as it may be opened, or null: another scheme, a user name in it, no real host
 */
export function externalAddress(text: string, signInPage: string | null = null): string | null {
  if (text.length > 2000) return null;
  try {
    const url = new URL(text);
    const isPage = url.protocol === 'http:' && signInPage !== null && url.href === new URL(signInPage).href;
    const isOrdinary =
      (url.protocol === 'https:' || isPage) && url.username === '' && url.password === '' && url.hostname !== '';
    return isOrdinary ? url.href : null;
  } catch {
    return null;
  }
}

/**
 * @param openExternal Electron's `shell.openExternal`
 * @param signInPage as of {@link externalAddress}
 * @returns whether the address was one that may be opened
 */
export async function openExternalSafely(
  text: string,
  openExternal: (url: string) => Promise<void>,
  signInPage: string | null = null,
): Promise<boolean> {
  const address = externalAddress(text, signInPage);
  if (address === null) return false;
  await openExternal(address);
  return true;
}
