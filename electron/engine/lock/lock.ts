/**
 * The PIN and the screen's lock, where no window can get round them. It stands between the one face of the engine and its
 * calls: what asks for the PIN is refused until the window has entered it, and a locked window is told nothing.
 *
 * The command line is not asked. Whoever can run it can read the data folder, where the PIN's own file lies; what is done
 * there is in the audit, as the command line's.
 */
import { randomBytes } from 'node:crypto';
import { type EngineCallName, RelayError } from '../../../shared/api.ts';
import { type Actor, utcMs } from '../../../shared/domain.ts';
import type { Headline } from '../../../shared/headline.ts';
import type { LockState } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { EngineContext, EngineHandlers } from '../context.ts';
import { createMetaTable, metaKey } from '../store/meta.ts';
import { asksForPin, type Known } from './guarded.ts';
import { hashPin, isPin, type PinFile, readPinFile, writePinFile } from './pin-file.ts';

type Handlers = Pick<EngineHandlers, Extract<EngineCallName, `lock.${string}`>>;

export interface Lock {
  readonly handlers: Handlers;
  /** Reads the PIN's file, and notes where one was taken away. */
  open(): Promise<void>;
  /** @throws RelayError `locked` or `pin_needed` where this window may not make the call now */
  before(name: EngineCallName, input: unknown, actor: Actor): void;
  isLocked(actor: Actor): boolean;
  /** The machine goes to sleep: what locks by itself is locked. */
  screens(): void;
}

const mostTries = 5;
/** Entering is closed for so long after them, in milliseconds. */
const closedForMs = 15 * 60_000;
/** For so long a window that entered the PIN is not asked again, in milliseconds. */
const provenForMs = 120_000;
/** Windows whose lock outlives a restart; more than that many browsers are not signed in at a time. */
const mostLocked = 100;
/** What a locked window may still ask. */
const openCalls: ReadonlySet<EngineCallName> = new Set(['lock.get', 'lock.enter', 'lock.screen']);

/** Since when, by both clocks: one stands still in sleep, the other can be set back. */
interface Moment {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

export function createLock(
  context: Pick<
    EngineContext,
    'dataFolder' | 'clock' | 'commit' | 'writer' | 'recordAct' | 'changes' | 'settings' | 'logger'
  >,
  { headline, ...known }: Known & { readonly headline: () => Promise<Headline> },
): Lock {
  const { dataFolder, clock, commit, recordAct, changes, settings, logger } = context;
  const meta = createMetaTable(context.writer);
  let pin: PinFile | 'unreadable' | null = null;
  const activeAt = new Map<string, Moment>();
  const provenAt = new Map<string, Moment>();
  const hidingKeys = new Map<string, string>();

  const now = (): Moment => ({ wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs() });
  const sinceMs = (then: Moment): number => {
    const { wallMs, monotonicMs } = now();
    return Math.max(wallMs - then.wallMs, monotonicMs - then.monotonicMs);
  };
  const windowOf = ({ surface, session = '' }: Actor): string => `${surface}:${session}`;
  const isAsked = ({ surface }: Actor): boolean => surface === 'window' || surface === 'tray';
  const readable = (): PinFile | null => (pin === 'unreadable' ? null : pin);

  function isLocked(actor: Actor): boolean {
    if (pin === null || actor.surface !== 'window') return false;
    if (pin === 'unreadable') return true;
    const key = windowOf(actor);
    if (pin.locked.includes(key)) return true;
    if (pin.lockAfterMinutes === null) return false;
    const active = activeAt.get(key);
    return active === undefined || sinceMs(active) >= pin.lockAfterMinutes * 60_000;
  }

  /** Null where a try may be made. A clock that was set back does not keep it closed for longer. */
  function closedUntil(): number | null {
    const until = readable()?.closedUntil ?? null;
    if (until === null || until <= clock.wallMs()) return null;
    return Math.min(until, clock.wallMs() + closedForMs);
  }

  async function keep(next: PinFile | null): Promise<void> {
    await writePinFile(dataFolder, next);
    pin = next;
    changes.touch('settings');
  }
  const record = (actor: Actor, act: string, detail: object = {}): Promise<void> =>
    commit.transact(() => {
      recordAct(actor, act, null, detail);
      if (pin === null) meta.drop(metaKey.pinSeen);
      else if (pin !== 'unreadable') meta.put(metaKey.pinSeen, pin.salt);
    });

  // One after the other: a hundred tries at once are a hundred tries.
  let turn: Promise<unknown> = Promise.resolve();
  function inTurn<Value>(act: () => Promise<Value>): Promise<Value> {
    const done = turn.then(act);
    turn = done.catch(() => {});
    return done;
  }

  /** The try is counted before it is made, so that ending the engine meanwhile wins nothing. */
  async function check(entered: string, member: string, actor: Actor): Promise<void> {
    if (pin === 'unreadable') throw new RelayError('not_possible', sentence('problem.pin_unreadable'), { member });
    if (pin === null) throw new RelayError('not_possible', sentence('problem.pin_none'), { member });
    refuseClosed(member);
    const wrong = pin.wrong + 1;
    const closes = wrong >= mostTries;
    await keep({
      ...pin,
      wrong: closes ? 0 : wrong,
      closedUntil: closes ? Math.round(clock.wallMs()) + closedForMs : null,
    });
    if (await isPin(entered, pin)) {
      await keep({ ...pin, wrong: 0, closedUntil: null });
      return;
    }
    await record(actor, 'lock.wrongPin', { tries: wrong });
    refuseClosed(member);
    throw new RelayError('bad_input', sentence('problem.pin_wrong', { count: mostTries - wrong }), { member });
  }

  function refuseClosed(member: string): void {
    const until = closedUntil();
    if (until !== null)
      throw new RelayError('not_possible', sentence('problem.pin_closed', { untilAt: until }), { member });
  }

  /** Of a window, the present PIN where there is one. */
  async function checkPresent(present: string | undefined, actor: Actor): Promise<void> {
    if (pin !== null && isAsked(actor)) await check(present ?? '', 'present', actor);
  }

  function isProven(actor: Actor): boolean {
    const proven = provenAt.get(windowOf(actor));
    return proven !== undefined && sinceMs(proven) < provenForMs;
  }

  function opened(actor: Actor): void {
    const key = windowOf(actor);
    activeAt.set(key, now());
    provenAt.set(key, now());
  }

  async function stateFor(actor: Actor): Promise<LockState> {
    const locked = isLocked(actor);
    const present = locked ? await headline() : null;
    const until = closedUntil();
    const file = readable();
    return {
      pin: pin !== null,
      lockAfterMinutes: file?.lockAfterMinutes ?? null,
      locked,
      triesLeft: until === null ? mostTries - (file?.wrong ?? 0) : 0,
      closedUntil: until === null ? null : utcMs(until),
      timeZone: settings.current().timeZone,
      says: present?.short ?? null,
      tone: present?.tone ?? 'still',
      hidingKey: locked || pin === null || actor.surface !== 'window' ? null : hidingKeyOf(windowOf(actor)),
    };
  }

  function hidingKeyOf(key: string): string {
    const known = hidingKeys.get(key) ?? randomBytes(32).toString('base64');
    hidingKeys.set(key, known);
    return known;
  }

  async function lockScreen(keys: readonly string[]): Promise<void> {
    const file = readable();
    if (file === null) return;
    for (const key of keys) {
      activeAt.delete(key);
      provenAt.delete(key);
    }
    await keep({ ...file, locked: [...new Set([...file.locked, ...keys])].slice(-mostLocked) });
  }

  return {
    isLocked,
    async open() {
      pin = await readPinFile(dataFolder);
      if (pin === 'unreadable') logger.warn({}, 'the file of the PIN cannot be read: windows stay locked');
      const seen = meta.get(metaKey.pinSeen);
      if (pin === null && seen !== undefined) {
        // Taken away while nobody looked, or a folder that was moved without it.
        await record({ account: 'engine', surface: 'engine' }, 'lock.pinGone');
      }
    },
    before(name, input, actor) {
      if (!isAsked(actor) || pin === null) return;
      if (isLocked(actor) && !openCalls.has(name)) throw new RelayError('locked', sentence('problem.screen_locked'));
      if (asksForPin(name, input, known) && !isProven(actor)) {
        refuseClosed('pin');
        throw new RelayError('pin_needed', sentence('problem.pin_needed'));
      }
    },
    screens() {
      activeAt.clear();
      provenAt.clear();
    },
    handlers: {
      'lock.get': (_input, actor) => stateFor(actor),
      'lock.enter': ({ pin: entered }, actor) =>
        inTurn(async () => {
          const wasLocked = isLocked(actor);
          await check(entered, 'pin', actor);
          const file = readable();
          const key = windowOf(actor);
          if (file?.locked.includes(key)) await keep({ ...file, locked: file.locked.filter((one) => one !== key) });
          opened(actor);
          await record(actor, 'lock.enter', { unlocked: wasLocked });
          return stateFor(actor);
        }),
      'lock.setPin': ({ pin: chosen, present }, actor) =>
        inTurn(async () => {
          await checkPresent(present, actor);
          const file = readable();
          const had = pin !== null;
          await keep({
            ...(await hashPin(chosen)),
            wrong: 0,
            closedUntil: null,
            lockAfterMinutes: file?.lockAfterMinutes ?? null,
            locked: file?.locked ?? [],
          });
          provenAt.clear();
          if (actor.surface === 'window') opened(actor);
          await record(actor, 'lock.setPin', { changed: had });
          return stateFor(actor);
        }),
      'lock.removePin': ({ present }, actor) =>
        inTurn(async () => {
          if (pin === null) throw new RelayError('not_possible', sentence('problem.pin_none'));
          await checkPresent(present, actor);
          await keep(null);
          await record(actor, 'lock.removePin');
          return stateFor(actor);
        }),
      'lock.change': ({ lockAfterMinutes }, actor) =>
        inTurn(async () => {
          const file = readable();
          if (file === null) throw new RelayError('not_possible', sentence('problem.pin_none'));
          await keep({ ...file, lockAfterMinutes });
          activeAt.set(windowOf(actor), now());
          await record(actor, 'lock.change', { lockAfterMinutes });
          return stateFor(actor);
        }),
      'lock.screen': (_input, actor) =>
        inTurn(async () => {
          if (pin === null) throw new RelayError('not_possible', sentence('problem.pin_none'));
          if (!isLocked(actor)) {
            await lockScreen([windowOf(actor)]);
            await record(actor, 'lock.screen');
          }
          return stateFor(actor);
        }),
      'lock.active': (_input, actor) => {
        activeAt.set(windowOf(actor), now());
        return null;
      },
    },
  };
}
