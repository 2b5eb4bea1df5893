/**
 * What changed where each look at a source shows all there is: a row that is new, one that is another now, one that is
 * gone. What was shown last is remembered, masked.
 */
import { maskedMessage } from '../../intake/message-log.ts';
import { pacedTurns } from '../../intake/parse.ts';
import type { SourceRow, SourceRowTable } from '../../store/source-rows.ts';
import type { SourceMessage } from './source-kind.ts';

export interface ShownRow extends SourceRow {
  /** "rooms.csv row 14". */
  readonly origin: string;
}

export interface Changes {
  readonly messages: readonly SourceMessage[];
  /** Nothing differs from what is remembered: there is nothing to keep. */
  readonly isNothing: boolean;
  /** Inside the transaction that takes the messages: what was shown is remembered. */
  keep(): void;
}

export interface Snapshot {
  /**
   * @param look number of this look, greater than those before, written down with each row, so that a look that was cut off
   *   goes on where it was; null: it is not written down, and {@link Snapshot.goneBut} tells what is gone
   * @param learns nothing of it is told, all of it remembered
   */
  changed(rows: readonly ShownRow[], look: number | null, learns: boolean): Promise<Changes>;
  /** Rows that this look did not show, some at a time; null where there are none. */
  gone(look: number, origin: string): Changes | null;
  /** Rows that are none of these keys, some at a time; null where there are none. */
  goneBut(shown: ReadonlySet<string>, origin: string): Promise<Changes | null>;
}

const goneAtOnce = 200;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** @param isSame whether two rows that are written in other ways say the same: then it is remembered, and not told */
export function createSnapshot(
  table: SourceRowTable,
  sourceNo: number,
  isSame: (before: string, now: string) => boolean = () => false,
): Snapshot {
  const paced = pacedTurns(turn);
  return {
    async changed(rows, look, learns) {
      const messages: SourceMessage[] = [];
      const kept: SourceRow[] = [];
      for (const { key, raw, origin } of rows) {
        const masked = await paced(maskedMessage(raw));
        const before = table.find(sourceNo, key) ?? null;
        if (look !== null || before !== masked) kept.push({ key, raw: masked });
        if (learns || before === masked) continue;
        if (before !== null && isSame(before, masked)) continue;
        messages.push({ raw: changeOf(before === null ? 'added' : 'changed', raw, before), origin, key: null });
      }
      return {
        messages,
        isNothing: kept.length === 0,
        keep() {
          for (const row of kept) table.keep(sourceNo, row, look ?? 0);
        },
      };
    },
    gone(look, origin) {
      const rows = table.unseen(sourceNo, look, goneAtOnce);
      return rows.length === 0 ? null : forgotten(rows, origin);
    },
    async goneBut(shown, origin) {
      // All that was shown is remembered by now: as many are remembered as were shown, or some are gone.
      if (table.count(sourceNo) <= shown.size) return null;
      for (let after = ''; ; ) {
        const rows = table.after(sourceNo, after, goneAtOnce);
        const last = rows.at(-1);
        if (last === undefined) return null;
        const gone = rows.filter(({ key }) => !shown.has(key));
        if (gone.length > 0) return forgotten(gone, origin);
        after = last.key;
        await turn();
      }
    },
  };

  function forgotten(rows: readonly SourceRow[], origin: string): Changes {
    return {
      messages: rows.map(({ raw }) => ({ raw: changeOf('gone', raw, null), origin, key: null })),
      isNothing: false,
      keep() {
        for (const { key } of rows) table.forget(sourceNo, key);
      },
    };
  }
}

/** The row as it stands, with what became of it behind: `{"room":"1", …,"_change":"changed","_before":{…}}`. */
export function changeOf(change: 'added' | 'changed' | 'gone', row: string, before: string | null): string {
  const members = row.trim().slice(1, -1).trim();
  return `{${members}${members === '' ? '' : ','}"_change":"${change}","_before":${before ?? 'null'}}`;
}
