/**
 * Browsers that the window is open in. Each has a cookie, which any server on 127.0.0.1 is handed (cookies know no
 * ports), and a key that only the page's own origin can read; a call needs both. They outlive a restart of the
 * engine, 12 hours without use and 7 days at the most, and can be ended by a person.
 */
import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { RelayError } from '../../../shared/api.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { EngineContext, EngineHandlers } from '../context.ts';
import { createWindowSessionTable, type WindowSessionRow } from '../store/window-sessions.ts';

export interface WindowSessions {
  /** @param browser what it calls itself */
  open(browser: string): Promise<{ readonly cookie: string; readonly key: string }>;
  /** The session of a cookie: enough for the page's own files, which say nothing of anybody. */
  ofCookie(cookie: string | undefined): string | null;
  /** The session of a cookie with its key: for everything else. Keeps it alive. */
  of(cookie: string | undefined, key: string | undefined): string | null;
  /** Whether it has neither ended nor run out. */
  isOpen(id: string): boolean;
}

type Handlers = Pick<EngineHandlers, 'sessions.list' | 'sessions.end'>;

const idleMs = 12 * 3_600_000;
const longestMs = 7 * 24 * 3_600_000;
const most = 50;
/** When it was last used is written down so often at the most. */
const writeEveryMs = 600_000;

type Session = { -readonly [Member in keyof WindowSessionRow]: WindowSessionRow[Member] } & { writtenAt: number };

export function createWindowSessions(
  context: Pick<EngineContext, 'writer' | 'commit' | 'time' | 'ids' | 'recordAct' | 'changes' | 'logger' | 'clock'>,
): WindowSessions & { readonly handlers: Handlers } {
  const { commit, time, ids, recordAct, changes, logger, clock } = context;
  const table = createWindowSessionTable(context.writer);
  // By the hash of the cookie: a look-up takes the same time whatever the guess.
  const sessions = new Map<string, Session>();
  for (const row of table.all()) sessions.set(hex(row.cookieHash), { ...row, writtenAt: row.usedAt });

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
    for (const session of gone) sessions.delete(hex(session.cookieHash));
    changes.touch('settings');
  }

  function touch(session: Session): void {
    session.usedAt = time.now();
    if (session.usedAt - session.writtenAt < writeEveryMs) return;
    session.writtenAt = session.usedAt;
    commit
      .transact(() => table.used(session.id, session.usedAt))
      .catch((error: unknown) => logger.warn({ error: String(error) }, 'a session could not be kept alive'));
  }

  return {
    async open(browser) {
      const [cookie, key, now] = [secret(), secret(), time.now()];
      const session: Session = {
        ...{ id: ids.session(clock.wallMs()), cookieHash: hashOf(cookie), keyHash: hashOf(key) },
        ...{ browser: browser.slice(0, 200), openedAt: now, usedAt: now, writtenAt: now },
      };
      const kept = [...sessions.values()].filter((one) => !isOver(one));
      const gone = [...sessions.values()].filter(isOver).concat(kept.slice(0, Math.max(0, kept.length + 1 - most)));
      await drop(gone, () => table.add(session));
      sessions.set(hex(session.cookieHash), session);
      return { cookie, key };
    },
    ofCookie: (cookie) => find(cookie)?.id ?? null,
    of(cookie, key) {
      const session = find(cookie);
      if (session === null || key === undefined || !timingSafeEqual(hashOf(key), session.keyHash)) return null;
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

const secret = (): string => randomBytes(32).toString('base64url');
const hashOf = (text: string): Buffer => hash('sha256', text, 'buffer');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
