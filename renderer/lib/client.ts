/**
 * The window's way to the engine: the preload's bridge in the desktop app, HTTP and a WebSocket on loopback
 * in a browser. Both are the same RelayClient, so no screen knows where it runs.
 */
import {
  type CallInput,
  type CallName,
  type CallOutput,
  changeTopics,
  type ErrorCode,
  type Push,
  type RelayClient,
  type Result,
} from '../../shared/api.ts';

declare global {
  interface Window {
    readonly roostRelay?: RelayClient;
  }
}

/** The client of this surface. In a browser it opens its session with the first call. */
export function openClient(): RelayClient {
  return window.roostRelay ?? browserClient(window.location.origin);
}

/** Of the browser's session: it has ended, or was never opened, so that a new address has to be asked for. */
export const noSession = 'no_session';

/** Waits before a lost WebSocket is opened again, in milliseconds; the last one repeats. */
const reconnectDelaysMs = [250, 1000, 3000, 10_000] as const;

/**
 * A client over the headless bridge: `POST /api/<call>` with the session's header token, pushes over
 * `/api/pushes`. A lost connection shows as an engine that is restarting, and everything is asked again after it.
 */
export function browserClient(origin: string): RelayClient {
  let session: Promise<string> | null = null;
  const openSession = (): Promise<string> => {
    session ??= fetchToken(origin).catch((problem: unknown) => {
      session = null;
      throw problem;
    });
    return session;
  };

  async function call<Name extends CallName>(
    name: Name,
    input: CallInput<Name>,
    again = true,
  ): Promise<Result<CallOutput<Name>>> {
    try {
      const response = await fetch(`${origin}/api/${name}`, {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'Content-Type': 'application/json', 'X-Roost-Relay': await openSession() },
        body: JSON.stringify(input),
      });
      if ((response.status === 401 || response.status === 403) && again) {
        session = null;
        return call(name, input, false);
      }
      return (await response.json()) as Result<CallOutput<Name>>;
    } catch (problem) {
      return failed('engine_not_running', 'Roost Relay does not answer.', String(problem));
    }
  }

  return {
    call: (name, input) => call(name, input),
    onPush: (listener) =>
      listenForPushes(
        `${origin.replace(/^http/, 'ws')}/api/pushes`,
        () => {
          // The engine may have come back without the session of before.
          session = null;
          return openSession();
        },
        listener,
      ),
  };
}

async function fetchToken(origin: string): Promise<string> {
  const response = await fetch(`${origin}/api/session`, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(noSession);
  return ((await response.json()) as { token: string }).token;
}

function failed(code: ErrorCode, message: string, detail: string): Result<never> {
  return { ok: false, error: { code, message, detail } };
}

const everythingChanged: Push = { name: 'changed', payload: { topics: [...changeTopics] } };

function listenForPushes(address: string, openSession: () => Promise<string>, listener: (push: Push) => void) {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let ended = false;

  const open = async () => {
    try {
      await openSession();
    } catch (problem) {
      // Asked again, every call says that the session is over, and the window what to do.
      if (String(problem).includes(noSession)) listener(everythingChanged);
      again();
      return;
    }
    if (ended) return;
    socket = new WebSocket(address);
    socket.onopen = () => {
      if (failures > 0) {
        listener({ name: 'engine', payload: { state: 'running', problem: null } });
        listener(everythingChanged);
      }
      failures = 0;
    };
    socket.onmessage = (message) => listener(JSON.parse(String(message.data)) as Push);
    socket.onclose = () => {
      if (!ended) again();
    };
  };
  const again = () => {
    if (failures === 0) listener({ name: 'engine', payload: { state: 'restarting', problem: null } });
    timer = setTimeout(open, reconnectDelaysMs[Math.min(failures, reconnectDelaysMs.length - 1)]);
    failures += 1;
  };

  void open();
  return () => {
    ended = true;
    clearTimeout(timer);
    socket?.close();
  };
}
