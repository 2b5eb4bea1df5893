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
  /** The session's, once it is open: a call with it goes out at once, not after whatever is being drawn. */
  let token: string | null = null;
  const endSession = () => {
    session = null;
    token = null;
  };
  const openSession = (): Promise<string> => {
    session ??= fetchToken(origin).then(
      (fetched) => {
        token = fetched;
        return fetched;
      },
      (problem: unknown) => {
        endSession();
        throw problem;
      },
    );
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
        headers: { 'Content-Type': 'application/json', 'X-Roost-Relay': token ?? (await openSession()) },
        body: JSON.stringify(input),
      });
      if ((response.status === 401 || response.status === 403) && again) {
        endSession();
        return call(name, input, false);
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
      () => {
        // The engine may have come back without the session of before.
        endSession();
        return openSession();
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

async function fetchToken(origin: string): Promise<string> {
  const response = await fetch(`${origin}/api/session`, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(noSession);
  return ((await response.json()) as { token: string }).token;
}

function noAnswer(detail: string): Result<never> {
  return {
    ok: false,
    error: callErrorOf(new RelayError('engine_not_running', sentence('problem.no_answer'), { detail })),
  };
}

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
