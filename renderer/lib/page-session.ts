/**
 * The browser's session, held by the page: its key never goes out (shared/window-session.ts). Before it tells a server
 * anything the page has it show that it knows the key too, and asks again whenever the connection was lost: meanwhile
 * the engine may have ended, and somebody else on this PC may have taken its port.
 */
import {
  type AskedByPage,
  type Met,
  meetPath,
  proofText,
  requestText,
  secretPattern,
  sessionHeader,
} from '../../shared/window-session.ts';

export interface PageSession {
  /**
   * One request, told to the engine alone.
   * @throws SessionOver, NotTheEngine, or what `fetch` throws
   */
  post(path: string, body?: string): Promise<Response>;
  /** What a socket says first. @throws as `post` does */
  firstWord(path: string): Promise<string>;
  /** The connection was lost: who answers next is asked who it is. */
  lost(): void;
}

/** There is no session, or it is over. */
export class SessionOver extends Error {}
/** Somebody else answers at the engine's address. */
export class NotTheEngine extends Error {
  constructor() {
    super('another program answers at this address');
  }
}

/** What the engine's command line is called on this PC, once the engine has said so. */
let openCommand: string | null = null;
export const commandThatOpens = (): string => openCommand ?? 'roost-relay open';

/** @param program as the engine that has shown who it is calls its command line */
export function rememberProgram(program: string): void {
  openCommand = `${program} open`;
}

/**
 * @param key as {@link keptKey} gives it; null: no session was opened here
 */
export function createPageSession(origin: string, key: Promise<CryptoKey | null>): PageSession {
  interface Channel {
    readonly name: string;
    count: number;
  }
  let channel: Promise<Channel> | null = null;

  async function meet(): Promise<Channel> {
    const own = await key;
    if (own === null) throw new SessionOver();
    const challenge = inBase64Url(crypto.getRandomValues(new Uint8Array(32)));
    const response = await fetch(`${origin}${meetPath}?challenge=${challenge}`, {
      method: 'POST',
      credentials: 'same-origin',
      redirect: 'manual',
    });
    if (response.status === 401) {
      await learnCommand(response);
      throw new SessionOver();
    }
    const { channel: name, proof } = (await response.json().catch(() => ({}))) as Partial<Met>;
    if (!isSecret(name) || !isSecret(proof) || !(await isProof(own, proof, proofText(origin, challenge, name)))) {
      throw new NotTheEngine();
    }
    return { name, count: 0 };
  }

  function met(): Promise<Channel> {
    if (channel === null) {
      const asked = meet();
      channel = asked;
      asked.catch(() => {
        if (channel === asked) channel = null;
      });
    }
    return channel;
  }

  async function shown(asked: Omit<AskedByPage, 'origin'>): Promise<string> {
    const open = await met();
    open.count += 1;
    const { name, count } = open;
    const own = (await key) as CryptoKey;
    const code = await crypto.subtle.sign('HMAC', own, inBytes(requestText(name, count, { ...asked, origin })));
    return `${name}.${count}.${inBase64Url(new Uint8Array(code))}`;
  }

  async function send(path: string, body: string | undefined): Promise<Response> {
    const header = await shown({ method: 'POST', path, body: body ?? '' });
    return fetch(`${origin}${path}`, {
      method: 'POST',
      credentials: 'same-origin',
      redirect: 'manual',
      headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), [sessionHeader]: header },
      ...(body === undefined ? {} : { body }),
    });
  }

  return {
    async post(path, body) {
      try {
        const response = await send(path, body);
        if (response.status !== 401) return response;
        // It did nothing: the engine was started anew since the page met it, or the session has ended.
        channel = null;
        return await send(path, body);
      } catch (problem) {
        channel = null;
        throw problem;
      }
    },
    firstWord: (path) => shown({ method: 'GET', path, body: '' }),
    lost() {
      channel = null;
    },
  };
}

/** From a server that has shown nothing: heeded only as long as nobody has, since this is what a person is told to run. */
async function learnCommand(response: Response): Promise<void> {
  const { command } = (await response.json().catch(() => ({}))) as { command?: unknown };
  if (typeof command === 'string') openCommand ??= command;
}

const databaseName = 'roost-relay';
const storeName = 'session';
const entry = 'key';

/**
 * The session's key: handed over behind the # of the address that signed in, where no server sees it, and taken out of
 * the address at once. It is kept in this origin's storage as a key that signs and cannot be read: not even by a page
 * that somebody else, at this address, gives the browser meanwhile.
 */
export async function keptKey(): Promise<CryptoKey | null> {
  const [, given, path = '/'] = /^#key=([\w-]{43})(\/.*)?$/.exec(window.location.hash) ?? [];
  if (given === undefined) return inStore('readonly', (store) => store.get(entry)).catch(() => null);
  window.history.replaceState(null, '', `${window.location.pathname}#${path}`);
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', inBytes(given), algorithm, false, ['sign', 'verify']);
  // A private window may keep nothing: then the session is this page's alone.
  await inStore('readwrite', (store) => store.put(key, entry)).catch(() => null);
  return key;
}

function inStore(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest): Promise<CryptoKey | null> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(databaseName, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(storeName);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(storeName, mode);
      const request = act(transaction.objectStore(storeName));
      transaction.oncomplete = () => {
        database.close();
        resolve((request.result as CryptoKey | undefined) ?? null);
      };
      transaction.onabort = () => {
        database.close();
        reject(transaction.error);
      };
    };
  });
}

const isSecret = (value: unknown): value is string => typeof value === 'string' && secretPattern.test(value);

const isProof = (key: CryptoKey, proof: string, text: string): Promise<boolean> =>
  crypto.subtle.verify('HMAC', key, fromBase64Url(proof), inBytes(text));

const inBytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

const inBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
