/**
 * The window's way to the engine: the preload's bridge in the desktop app, HTTP and a WebSocket on loopback
 * in a browser. Both are the same RelayClient, so no screen knows where it runs.
 */
import {
  type CallInput,
  type CallName,
  type CallOutput,
  callErrorOf,
  everythingChanged,
  type Push,
  type RelayClient,
  RelayError,
  type Result,
} from '../../shared/api.ts';
import { sentence } from '../../shared/sentences/sentence.ts';

declare global {
  interface Window {
    readonly roostRelay?: RelayClient;
  }
}

/** The client of this surface. In a browser it has the key that the page was opened with. */
export function openClient(): RelayClient {
  return window.roostRelay ?? browserClient(window.location.origin, keptKey());
}

const keyName = 'roost-relay.key';

/**
 * The session's key: handed over behind the # of the address that signed in, and kept in this origin's storage, where
 * no other server on this PC can read it as it can the cookie. It is taken out of the address at once.
 */
export function keptKey(): string | null {
  const given = /^#key=([\w-]+)$/.exec(window.location.hash)?.[1];
  if (given !== undefined) {
    window.localStorage.setItem(keyName, given);
    window.history.replaceState(null, '', `${window.location.pathname}#/`);
  }
  return window.localStorage.getItem(keyName);
}

/** Of the browser's session: it has ended, or was never opened, so that a new address has to be asked for. */
export const noSession = 'no_session';

/** Waits before a lost WebSocket is opened again, in milliseconds; the last one repeats. */
const reconnectDelaysMs = [250, 1000, 3000, 10_000] as const;

/** What the engine's command line is called on this PC, once a refusal has said so. */
let openCommand = 'roost-relay open';
export const commandThatOpens = (): string => openCommand;

/**
 * A client over the headless bridge: `POST /api/<call>` with the session's key, pushes over `/api/pushes`. A lost
 * connection shows as an engine that is restarting, and everything is asked again after it.
 * @param key null: no session was opened here
 */
export function browserClient(origin: string, key: string | null): RelayClient {
  async function call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<Result<CallOutput<Name>>> {
    if (key === null) return noAnswer(noSession);
    try {
      const response = await fetch(`${origin}/api/${name}`, {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'Content-Type': 'application/json', 'X-Roost-Relay': key },
        body: JSON.stringify(input),
      });
      if (response.status === 401) {
        const { command } = (await response.json().catch(() => ({}))) as { command?: string };
        openCommand = command ?? openCommand;
        return noAnswer(noSession);
      }
      return (await response.json()) as Result<CallOutput<Name>>;
    } catch (problem) {
      return noAnswer(String(problem));
    }
  }

  const listeners = new Set<(push: Push) => void>();
  let endListening = () => {};
  const listen = () =>
    listenForPushes(
      `${origin.replace(/^http/, 'ws')}/api/pushes`,
      key,
      async () => {
        const asked = await call('surface.info', {});
        return !asked.ok && asked.error.detail === noSession;
      },
      (push) => {
        for (const listener of [...listeners]) listener(push);
      },
    );

  return {
    call: (name, input) => call(name, input),
    // One connection for all who listen, as long as somebody does.
    onPush(listener) {
      // Each has an entry of its own, so that one who listens twice is told twice and may end once.
      const own = (push: Push) => listener(push);
      if (listeners.size === 0) endListening = listen();
      listeners.add(own);
      return () => {
        if (listeners.delete(own) && listeners.size === 0) endListening();
      };
    },
  };
}

/**
 * Fetches a finished export: a link carries no key, so the bridge gives an address that is good for this once.
 * @returns false where there is none
 */
export async function download(id: string): Promise<boolean> {
  const key = keptKey();
  if (key === null) return false;
  const response = await fetch(`exports/${id}`, { method: 'POST', headers: { 'X-Roost-Relay': key } }).catch(
    () => null,
  );
  if (!response?.ok) return false;
  const link = document.createElement('a');
  link.href = ((await response.json()) as { address: string }).address;
  link.download = '';
  link.click();
  return true;
}

function noAnswer(detail: string): Result<never> {
  return {
    ok: false,
    error: callErrorOf(new RelayError('engine_not_running', sentence('problem.no_answer'), { detail })),
  };
}

function listenForPushes(
  address: string,
  key: string | null,
  isOver: () => Promise<boolean>,
  listener: (push: Push) => void,
) {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let ended = false;

  const open = () => {
    if (ended || key === null) return;
    socket = new WebSocket(address);
    socket.onopen = () => {
      socket?.send(key);
      if (failures > 0) {
        listener({ name: 'engine', payload: { state: 'running', problem: null } });
        listener(everythingChanged);
      }
      failures = 0;
    };
    socket.onmessage = (message) => listener(JSON.parse(String(message.data)) as Push);
    socket.onclose = () => {
      if (ended) return;
      again();
      // Asked again, every call says that the session is over, and the window what to do.
      void isOver().then((over) => over && listener(everythingChanged));
    };
  };
  const again = () => {
    if (failures === 0) listener({ name: 'engine', payload: { state: 'restarting', problem: null } });
    timer = setTimeout(open, reconnectDelaysMs[Math.min(failures, reconnectDelaysMs.length - 1)]);
    failures += 1;
  };

  open();
  return () => {
    ended = true;
    clearTimeout(timer);
    socket?.close();
  };
}
