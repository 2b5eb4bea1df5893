/** Takes spool files in: at the start, and looks again now and then for those written while the engine started. */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RelayError } from '../../../../shared/api.ts';
import { type EventId, utcMs } from '../../../../shared/domain.ts';
import type { SourceHealth } from '../../../../shared/schemas.ts';
import { sentence } from '../../../../shared/sentences/sentence.ts';
import { wallTime } from '../../context.ts';
import { makeFolder } from '../../files/make-folder.ts';
import { renameOver } from '../../files/rename.ts';
import { parseJsonText } from '../../intake/parse.ts';
import { IntakeRefusal } from '../../intake/refusal.ts';
import { readSpoolText, rejectedFolder, spooledId, spoolFolder } from '../../intake/spool-file.ts';
import { noHealth, type RunningSource, type SourceBehaviour, type SourceStart } from './source-kind.ts';

const lookEveryMs = 5000;
const batchSize = 100;

interface SpoolName {
  readonly name: string;
  readonly id: EventId;
}

/** Started once what lies there now is stored or set aside; from then on it looks again by itself. */
export const spool: SourceBehaviour = {
  async start(given) {
    const running = watchSpool(given);
    await running.takeIn();
    return running;
  },
};

function watchSpool({ context, accept, refusals, changed }: SourceStart): RunningSource & { takeIn(): Promise<void> } {
  const { dataFolder, clock, reader, logger, mishaps } = context;
  const folder = spoolFolder(dataFolder);
  // By the unique index on id.
  const stored = reader.prepare<[string], unknown>('SELECT 1 FROM events WHERE id = ?');
  let cancel: (() => void) | null = null;
  let stopped = false;
  let running: Promise<void> | null = null;
  let health = noHealth;
  /** Files that could not be read or moved; each is logged once. */
  const stuck = new Set<string>();

  function became(more: Partial<SourceHealth>): void {
    health = { ...health, ...more };
    changed();
  }

  /** What was read is handed over in one turn, in its order, so that many files share a commit. */
  async function takeBatch(names: readonly SpoolName[]): Promise<void> {
    const contents = await Promise.all(names.map(({ name }) => orStuck(name, readFile(join(folder, name), 'utf8'))));
    await Promise.all(names.map((name, i) => takeOne(name, contents[i] ?? null)));
  }

  /** A file that is locked, or not ours to read, stays where it is and holds up no other: null. */
  async function orStuck<Value>(name: string, access: Promise<Value>): Promise<Value | null> {
    try {
      return await access;
    } catch (error) {
      if (!stuck.has(name)) {
        logger.warn({ file: name, error: String(error) }, 'a spool file could not be read or moved; it is tried again');
      }
      stuck.add(name);
      return null;
    }
  }

  async function takeOne({ name, id }: SpoolName, content: string | null): Promise<void> {
    if (content === null) return;
    try {
      const { spooledAtMs, text } = readSpoolText(id, content);
      // Stored, and then the power went before the file was gone.
      if (stored.get(id) === undefined) {
        const request = { received: parseJsonText(text), origin: null, idempotencyKey: null };
        await accept({ ...request, eventIds: [id], handedOverAt: spooledAtMs });
        became({ lastSeenAt: wallTime(clock) });
      }
    } catch (error) {
      // It stays where it is while the store cannot take it.
      if (error instanceof RelayError) throw error;
      await orStuck(name, setAside(name, error));
      return;
    }
    await orStuck(name, rm(join(folder, name)));
  }

  async function setAside(name: string, error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : String(error);
    const rejected = rejectedFolder(dataFolder);
    await makeFolder(rejected);
    await writeFile(join(rejected, `${name}.reason.txt`), `${reason}\n`, { mode: 0o600 });
    await renameOver(join(folder, name), join(rejected, name));
    const bytes = await readFile(join(rejected, name)).catch(() => Buffer.alloc(0));
    const refusal =
      error instanceof IntakeRefusal
        ? error
        : new IntakeRefusal(400, 'not_json', sentence('refusal.unreadable_file', { detail: reason }));
    const { status, code, member, says } = refusal;
    const request = { method: 'FILE', path: name, address: '', headers: {}, lines: false };
    const text = bytes.subarray(bytes.indexOf('\n') + 1);
    const whole = { request, bytes: text, sizeBytes: text.length };
    refusals.keep(null, { status, code, file: name, member, says }, true, whole);
    became({ lastTrouble: { at: wallTime(clock), says } });
    logger.warn({ file: name, reason }, 'a spool file could not be taken in; it lies in rejected');
  }

  async function takeAll(): Promise<void> {
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    // Ids begin with their time: in the order in which they were emitted.
    const spooled = names.sort().flatMap((name): readonly SpoolName[] => {
      const id = spooledId(name);
      return id === null ? [] : [{ name, id }];
    });
    for (let from = 0; from < spooled.length && !stopped; from += batchSize) {
      await takeBatch(spooled.slice(from, from + batchSize));
    }
  }

  async function takeIn(): Promise<void> {
    cancel?.();
    cancel = null;
    running ??= takeAll()
      .catch((error: unknown) => logger.error({ error: String(error) }, 'spool files could not be taken in'))
      .finally(() => {
        running = null;
        if (stopped) return;
        cancel ??= clock.after(lookEveryMs, () => mishaps.own('the spool files', takeIn()));
        became({ nextLookAt: utcMs(wallTime(clock) + lookEveryMs) });
      });
    await running;
  }

  return {
    takeIn,
    health: () => health,
    async stop() {
      stopped = true;
      cancel?.();
      await running;
    },
  };
}
