/** How what is posted is let in: whether it is from the source that it says, and how its messages are read. */
import { sentence } from '../../../shared/sentences/sentence.ts';
import { signatureWays } from '../../../shared/source-kinds/signature-ways.ts';
import { effectiveShaping, readShaping } from '../../../shared/source-shaping.ts';
import type { EngineContext } from '../context.ts';
import type { SourceDoor } from '../intake/http.ts';
import { IntakeRefusal } from '../intake/refusal.ts';
import type { MessageReading } from '../intake/take.ts';
import type { SourceTable } from '../store/sources.ts';
import { readingOf } from './reading-of.ts';
import type { RunningSources } from './running.ts';

interface Read {
  readonly reading: MessageReading;
  /** It has a shape of its own, or is being set up: what comes is not our envelope, or not taken yet. */
  readonly isRead: boolean;
  /** As it is stored. */
  readonly signature: unknown;
}

export interface Door extends SourceDoor {
  reading(no: number): MessageReading;
  /** What a person chose has changed. */
  forget(): void;
}

/** @param admits of the sources that run */
export function createDoor(
  { settings }: Pick<EngineContext, 'settings'>,
  table: Pick<SourceTable, 'all'>,
  admits: RunningSources['admits'],
): Door {
  /** Read once until something changes: a request a millisecond asks for it. */
  const known = new Map<number, Read>();
  settings.onChange(() => known.clear());

  function of(no: number): Read {
    const before = known.get(no);
    if (before !== undefined) return before;
    const record = table.all().find((one) => one.no === no);
    if (record === undefined) throw new Error(`no source ${no}`);
    const read = {
      reading: readingOf(record, settings.current()),
      isRead: record.draft === 1 || effectiveShaping(readShaping(record.shaping)).shape !== null,
      signature: parsed(record.config).signature ?? 'none',
    };
    known.set(no, read);
    return read;
  }

  return {
    admit({ no }, request) {
      const { signature } = of(no);
      if (signature === 'none') return;
      // A way that this version does not know is none that lets everybody in.
      const isKnown = (signatureWays as readonly unknown[]).includes(signature);
      const refusal = isKnown ? admits(no, request) : undefined;
      if (refusal === null) return;
      throw (
        refusal ?? new IntakeRefusal(503, 'cannot_store', sentence('refusal.signature_not_ready'), { retryAfterS: 10 })
      );
    },
    readingOf: ({ no }) => (of(no).isRead ? of(no).reading : null),
    signsIds: ({ no }) => of(no).signature === 'standard',
    reading: (no) => of(no).reading,
    forget: () => known.clear(),
  };
}

function parsed(text: string): { readonly signature?: unknown } {
  try {
    return JSON.parse(text) as { signature?: unknown };
  } catch {
    return {};
  }
}
