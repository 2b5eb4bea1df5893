/**
 * What a locked window hides, for after it is loaded anew: in the tab's own storage, sealed with a key that the engine tells
 * to a window that is not locked, and keeps in its memory alone.
 */
const place = 'roost-relay-hidden';
const algorithm = 'AES-GCM';
const nonceBytes = 12;

/** One after the other: what is hidden while the one before is still being sealed must not stay behind. */
let turn: Promise<unknown> = Promise.resolve();
function inTurn<Value>(act: () => Promise<Value>): Promise<Value> {
  const done = turn.then(act);
  turn = done.catch(() => {});
  return done;
}

/** @param key base64, as `lock.get` says; keeps `text` in the place of what was kept before */
export const hide = (key: string, text: string): Promise<void> =>
  inTurn(async () => {
    const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes));
    const sealed = await crypto.subtle.encrypt({ name: algorithm, iv: nonce }, await opened(key), inBytes(text));
    sessionStorage.setItem(place, [nonce, new Uint8Array(sealed)].map(asBase64).join(' '));
  });

/** What was kept, once; null where nothing was, or the engine has another key by now. */
export const unhide = (key: string): Promise<string | null> =>
  inTurn(async () => {
    const [nonce = '', sealed] = sessionStorage.getItem(place)?.split(' ') ?? [];
    sessionStorage.removeItem(place);
    if (sealed === undefined) return null;
    const by = { name: algorithm, iv: fromBase64(nonce) };
    return crypto.subtle.decrypt(by, await opened(key), fromBase64(sealed)).then(
      (text) => new TextDecoder().decode(text),
      () => null,
    );
  });

const opened = (key: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', fromBase64(key), algorithm, false, ['encrypt', 'decrypt']);

const inBytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const asBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
