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
import type { SurfaceInfo } from '../../shared/schemas.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import { createPageSession, keptKey, type PageSession, rememberProgram, SessionOver } from './page-session.ts';
import { askForPin } from './pin.ts';

declare global {
  interface Window {
    readonly roostRelay?: RelayClient;
  }
}

/** Of this page, in a browser. */
let session: PageSession | null = null;

/** The client of this surface. In a browser it has the key that the page was opened with. */
export function openClient(): RelayClient {
  if (window.roostRelay !== undefined) return window.roostRelay;
  window.localStorage.removeItem(earlierKeyName);
  const { origin } = window.location;
  session = createPageSession(origin, keptKey());
  return browserClient(origin, session);
}

/** Where an earlier version kept a key that could be read. */
const earlierKeyName = 'roost-relay.key';

/** Of the browser's session: it has ended, or was never opened, so that a new address has to be asked for. */
export const noSession = 'no_session';

/** Waits before a lost WebSocket is opened again, in milliseconds; the last one repeats. */
const reconnectDelaysMs = [250, 1000, 3000, 10_000] as const;

/**
 * A client over the headless bridge: `POST /api/<call>` in the page's session, pushes over `/api/pushes`. A lost
 * connection shows as an engine that is restarting, and everything is asked again after it.
 */
export function browserClient(origin: string, page: PageSession): RelayClient {
  async function call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<Result<CallOutput<Name>>> {
    try {
      const response = await page.post(`/api/${name}`, JSON.stringify(input));
      if (response.status === 401) return noAnswer(noSession);
      const answered = (await response.json()) as Result<CallOutput<Name>>;
      if (name === 'surface.info' && answered.ok) rememberProgram((answered.value as SurfaceInfo).program);
      return answered;
    } catch (problem) {
      return noAnswer(problem instanceof SessionOver ? noSession : String(problem));
    }
  }

  const listeners = new Set<(push: Push) => void>();
  let endListening = () => {};
  const listen = () =>
    listenForPushes(
      origin.replace(/^http/, 'ws'),
      page,
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
 * Fetches a finished export: a link shows nothing, so the bridge gives an address that is good for this once.
 * @returns false where there is none, or nobody entered the PIN that a whole one asks for
 */
export async function download(id: string): Promise<boolean> {
  const ask = async () => session?.post(`/exports/${id}`).catch(() => null);
  let response = await ask();
  if (response?.status === 403) {
    const { error } = (await response.json()) as { readonly error?: { readonly code?: string } };
    if (error?.code !== 'pin_needed' || !(await askForPin())) return false;
    response = await ask();
  }
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

const pushesPath = '/api/pushes';

function listenForPushes(
  origin: string,
  page: PageSession,
  isOver: () => Promise<boolean>,
  listener: (push: Push) => void,
) {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let ended = false;

  const open = async (): Promise<void> => {
    if (ended) return;
    const word = await page.firstWord(pushesPath).catch(() => null);
    if (ended) return;
    if (word === null) return again();
    socket = new WebSocket(`${origin}${pushesPath}`);
    socket.onopen = () => {
      socket?.send(word);
      // As long as this connection lives, so does who answers from now on.
      page.lost();
      if (failures > 0) {
        listener({ name: 'engine', payload: { state: 'running', problem: null } });
        listener(everythingChanged);
      }
      failures = 0;
    };
    socket.onmessage = (message) => listener(JSON.parse(String(message.data)) as Push);
    socket.onclose = () => {
      page.lost();
      if (ended) return;
      again();
      // Asked again, every call says that the session is over, and the window what to do.
      void isOver().then((over) => over && listener(everythingChanged));
    };
  };
  const again = () => {
    if (failures === 0) listener({ name: 'engine', payload: { state: 'restarting', problem: null } });
    timer = setTimeout(() => void open(), reconnectDelaysMs[Math.min(failures, reconnectDelaysMs.length - 1)]);
    failures += 1;
  };

  void open();
  return () => {
    ended = true;
    clearTimeout(timer);
    socket?.close();
  };
}
