/**
 * What was handed in by hand is known again, so that it is sent once: by its rows, whatever stood between them and whatever
 * the file was called. How far it was taken is written down with what was taken, as it is with a folder's files.
 */
import { createHash, hash } from 'node:crypto';
import { RelayError } from '../../../shared/api.ts';
import type { UtcMs } from '../../../shared/domain.ts';
import type { HandedInBefore } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { SourceMessage, Taken } from '../intake/take.ts';
import type { WriteHandle } from '../store/connection.ts';
import { byHandPrefix, createSourceFileTable, type SourceFile } from '../store/source-files.ts';

export interface HandedIn {
  /** Whether all of it was taken before: by hand, or as a file of the source's folder. */
  readonly before: HandedInBefore | null;
  /** Where to go on: an earlier time may have ended in the midst of it. */
  readonly from: number;
  /** In the transaction that takes the rows behind `from`. */
  took(from: number, rows: number, so: Pick<Taken, 'taken' | 'kept'>, at: UtcMs): void;
}

export interface HandedInLog {
  /** @param again a person wants it once more: it begins anew */
  find(sourceNo: number, given: GivenByHand, again: boolean): HandedIn;
  /** Two clicks are one act. @throws RelayError `conflict` while the same is being taken */
  alone<Value>(sourceNo: number, given: GivenByHand, work: () => Promise<Value>): Promise<Value>;
}

export interface GivenByHand {
  readonly name: string;
  readonly text: string;
  readonly messages: readonly SourceMessage[];
}

export function createHandedInLog(writer: WriteHandle): HandedInLog {
  const files = createSourceFileTable(writer);
  const underWay = new Set<string>();

  return {
    find(sourceNo, given, again) {
      const key = keyOf(given);
      const known = files.find(sourceNo, key);
      const file = known ?? files.find(sourceNo, hash('sha256', given.text));
      const goesOn = known?.state === 'reading' && !again;
      return {
        before: file?.state === 'done' ? beforeOf(file) : null,
        from: goesOn ? known.position : 0,
        took(from, rows, { taken, kept }, at) {
          if (from === 0) {
            const sizeBytes = Buffer.byteLength(given.text);
            files.begin(sourceNo, { hash: key, name: given.name, sizeBytes, learns: false }, at);
          }
          const no = files.find(sourceNo, key)?.no ?? 0;
          const position = from + rows;
          files.advance(no, { position, taken, kept, reasons: [] });
          if (position === given.messages.length) files.end(no, 'done', [], at);
        },
      };
    },
    async alone(sourceNo, given, work) {
      const key = `${sourceNo} ${keyOf(given)}`;
      if (underWay.has(key)) throw new RelayError('conflict', sentence('problem.messages_under_way'));
      underWay.add(key);
      try {
        return await work();
      } finally {
        underWay.delete(key);
      }
    },
  };
}

const beforeOf = ({ name, endedAt, beganAt, taken, kept }: SourceFile): HandedInBefore => ({
  ...{ name, at: endedAt ?? beganAt, taken, kept },
});

function keyOf({ messages }: GivenByHand): string {
  const rows = createHash('sha256');
  for (const { raw } of messages) rows.update(`${raw}\n`);
  return `${byHandPrefix}${rows.digest('hex')}`;
}
