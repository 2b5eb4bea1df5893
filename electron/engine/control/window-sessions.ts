/**
 * Browsers that the window is open in. Each has a cookie, which any server on 127.0.0.1 is handed (cookies know no
 * ports), and a key that stays with the page and the engine (shared/window-session.ts); a call needs both. They outlive
 * a restart of the engine, 12 hours without use and 7 days at the most, and can be ended by a person. One that the store
 * cannot take now lasts as long as this run, and is kept once it can: the window is where it is told why.
 */
import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { RelayError } from '../../../shared/api.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { type AskedByPage, type Met, proofText, requestText } from '../../../shared/window-session.ts';
import type { EngineContext, EngineHandlers } from '../context.ts';
import { createWindowSessionTable, type WindowSessionRow } from '../store/window-sessions.ts';

export interface WindowSessions {
  /** @param browser what it calls itself */
  open(browser: string): Promise<{ readonly cookie: string; readonly key: string }>;
  /** The session of a cookie: enough for the page's own files, which say nothing of anybody. */
  ofCookie(cookie: string | undefined): string | null;
  /**
   * Shows a page that it speaks to its engine, and begins a channel with it.
   * @param origin of the window
   * @returns null where the cookie is of no session
   */
  meet(cookie: string | undefined, origin: string, challenge: string): Met | null;
  /**
   * The session of a cookie for a request that its page made: for everything else. Keeps it alive.
   * @param shown what stands in the session's header
   */
  of(cookie: string | undefined, shown: string | undefined, asked: AskedByPage): string | null;
  /** Whether it has neither ended nor run out. */
  isOpen(id: string): boolean;
}

type Handlers = Pick<EngineHandlers, 'sessions.list' | 'sessions.end'>;

const idleMs = 12 * 3_600_000;
const longestMs = 7 * 24 * 3_600_000;
const most = 50;
/** Shortest time between two notes of when it was last used, in milliseconds. */
const writeEveryMs = 600_000;
/** The same while it could not be kept yet. */
const keepAgainMs = 10_000;
/** Pages of one browser that are open at a time, and have not to ask again. */
const mostChannels = 50;
/** Requests that arrive in another order than they were made in. */
const countsBehind = 1_000;

type Session = { -readonly [Member in keyof WindowSessionRow]: WindowSessionRow[Member] } & {
  writtenAt: number;
  isKept: boolean;
};
/** Of one page, for this run of the engine. */
interface Channel {
  readonly session: Session;
  readonly isNew: (count: number) => boolean;
}

export function createWindowSessions(
  context: Pick<
    EngineContext,
    'writer' | 'commit' | 'time' | 'ids' | 'recordAct' | 'changes' | 'logger' | 'clock' | 'vault'
  >,
): WindowSessions & { readonly handlers: Handlers } {
  const { commit, time, ids, recordAct, changes, logger, clock, vault } = context;
  const table = createWindowSessionTable(context.writer);
  // By the hash of the cookie: a look-up takes the same time whatever the guess.
  const sessions = new Map<string, Session>();
  for (const row of table.all()) sessions.set(hex(row.cookieHash), { ...row, writtenAt: row.usedAt, isKept: true });
  const channels = new Map<string, Channel>();
  const codeOf = ({ id, sealedKey }: WindowSessionRow, text: string): string | null => {
    const key = vault.open(sealedKey, contextOf(id));
    return key === null ? null : createHmac('sha256', key).update(text).digest('base64url');
  };

  const endsAt = ({ usedAt, openedAt }: WindowSessionRow) => Math.min(usedAt + idleMs, openedAt + longestMs);
  const isOver = (session: WindowSessionRow) => endsAt(session) <= time.now();

  function find(cookie: string | undefined): Session | null {
    const found = cookie === undefined ? undefined : sessions.get(hash('sha256', cookie, 'hex'));
    return found === undefined || isOver(found) ? null : found;
  }

  async function drop(gone: readonly Session[], record: () => void): Promise<void> {
    await commit.transact(() => {
      for (const { id } of gone) table.remove(id);
      record();
    });
    forget(gone);
  }

  function forget(gone: readonly Session[]): void {
    for (const session of gone) sessions.delete(hex(session.cookieHash));
    for (const [name, { session }] of channels) if (gone.includes(session)) channels.delete(name);
    changes.touch('settings');
  }

  function touch(session: Session): void {
    session.usedAt = time.now();
    if (session.usedAt - session.writtenAt < (session.isKept ? writeEveryMs : keepAgainMs)) return;
    session.writtenAt = session.usedAt;
    commit
      .transact(() => (session.isKept ? table.used(session.id, session.usedAt) : table.add(session)))
      .then(() => {
        session.isKept = true;
      })
      .catch((error: unknown) => logger.warn({ error: String(error) }, 'a session could not be kept alive'));
  }

  return {
    async open(browser) {
      const [cookie, key, now] = [secret(), secret(), time.now()];
      const id = ids.session(clock.wallMs());
      const session: Session = {
        id,
        cookieHash: hashOf(cookie),
        sealedKey: vault.seal(key, contextOf(id)),
        browser: browser.slice(0, 200),
        openedAt: now,
        usedAt: now,
        writtenAt: now,
        isKept: true,
      };
      const kept = [...sessions.values()].filter((one) => !isOver(one));
      const gone = [...sessions.values()].filter(isOver).concat(kept.slice(0, Math.max(0, kept.length + 1 - most)));
      try {
        await drop(gone, () => table.add(session));
      } catch (error) {
        if (!isOfStore(error)) throw error;
        logger.warn(
          { error: String(error) },
          'a session cannot be kept now: it ends with this run, unless it can be later',
        );
        session.isKept = false;
        forget(gone);
      }
      sessions.set(hex(session.cookieHash), session);
      return { cookie, key };
    },
    ofCookie: (cookie) => find(cookie)?.id ?? null,
    meet(cookie, origin, challenge) {
      const session = find(cookie);
      if (session === null) return null;
      const channel = secret();
      const proof = codeOf(session, proofText(origin, challenge, channel));
      if (proof === null) return null;
      const ofSession = [...channels].filter(([, one]) => one.session === session);
      for (const [name] of ofSession.slice(0, Math.max(0, ofSession.length + 1 - mostChannels))) channels.delete(name);
      channels.set(channel, { session, isNew: countsOnce() });
      return { channel, proof };
    },
    of(cookie, shown, asked) {
      const session = find(cookie);
      const [, name = '', count = '', code = ''] = /^([\w-]{43})\.(\d{1,15})\.([\w-]{43})$/.exec(shown ?? '') ?? [];
      const channel = channels.get(name);
      if (session === null || channel?.session !== session) return null;
      const expected = codeOf(session, requestText(name, Number(count), asked));
      if (expected === null || !timingSafeEqual(Buffer.from(code), Buffer.from(expected))) return null;
      if (!channel.isNew(Number(count))) return null;
      touch(session);
      return session.id;
    },
    isOpen: (id) => [...sessions.values()].some((session) => session.id === id && !isOver(session)),
    handlers: {
      'sessions.list': () =>
        [...sessions.values()]
          .filter((session) => !isOver(session))
          .map((session) => ({
            id: session.id,
            browser: session.browser,
            openedAt: time.toWall(session.openedAt),
            usedAt: time.toWall(session.usedAt),
            endsAt: time.toWall(endsAt(session)),
          })),
      async 'sessions.end'({ id }, actor) {
        const session = [...sessions.values()].find((one) => one.id === id && !isOver(one));
        if (!session) throw new RelayError('not_found', sentence('problem.no_such_session'), { member: 'id' });
        await drop([session], () => recordAct(actor, 'sessions.end', id));
        return null;
      },
    },
  };
}

/** Says of a number whether it comes for the first time; of one that lies far behind the highest, that it does not. */
function countsOnce(): (count: number) => boolean {
  const seen = new Set<number>();
  let highest = 0;
  return (count) => {
    if (count <= highest - countsBehind || seen.has(count)) return false;
    seen.add(count);
    highest = Math.max(highest, count);
    for (const one of seen) {
      if (one > highest - countsBehind) break;
      seen.delete(one);
    }
    return true;
  };
}

/** It is full, held by another program, or cannot be written for another reason. */
const isOfStore = (error: unknown): boolean =>
  error instanceof RelayError && (error.code === 'store_full' || error.code === 'store_unavailable');

const contextOf = (id: string): string => `window_sessions.${id}`;
const secret = (): string => randomBytes(32).toString('base64url');
const hashOf = (text: string): Buffer => hash('sha256', text, 'buffer');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
