/**
 * The last messages of each source, for whoever sets it up. They are written together after a moment, masked: a help and
 * no promise. What is kept for a person is written with its transaction (take.ts).
 */
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { EngineContext } from '../context.ts';
import { createMessageTable, lastMessages, type NewMessage } from '../store/messages.ts';
import { maskCardsInSteps, maskPlainText } from './masking/masking.ts';

const writeAfterMs = 500;
/** Of longer ones no text is kept among the last, in characters: that they came is. */
const longestShown = 262_144;

/** A message in the place of one whose text is too large. */
function withoutText(message: NewMessage): NewMessage {
  const sizeCharacters = message.raw.length;
  const says = sentence('source_message.too_large', { size: sizeCharacters, most: longestShown });
  const trouble = message.trouble ?? { says, member: null, line: null, column: null };
  return { ...message, raw: '', sizeCharacters, trouble };
}

export interface MessageLog {
  /** A message that was taken or ignored; `raw` as it came. */
  saw(message: NewMessage): void;
  /** Writes down what is pending. */
  flush(): Promise<void>;
}

export function createMessageLog(
  context: Pick<EngineContext, 'clock' | 'commit' | 'writer' | 'changes' | 'logger' | 'mishaps'>,
): MessageLog {
  const table = createMessageTable(context.writer);
  const pending = new Map<number, NewMessage[]>();
  let cancel: (() => void) | null = null;

  async function flush(): Promise<void> {
    cancel?.();
    cancel = null;
    const bySource = [...pending];
    pending.clear();
    if (bySource.length === 0) return;
    try {
      await context.commit.transactInSteps(function* () {
        for (const [sourceNo, messages] of bySource) {
          for (const message of messages)
            table.add({ ...message, raw: message.raw && (yield* maskedMessage(message.raw)) });
          table.trim(sourceNo);
          yield;
        }
      });
      context.changes.touch('sources');
    } catch (error) {
      context.logger.warn({ error: String(error) }, 'the last messages of sources could not be written down');
    }
  }

  return {
    saw(seen) {
      const message = seen.raw.length > longestShown ? withoutText(seen) : seen;
      const ofSource = pending.get(message.sourceNo) ?? [];
      ofSource.push(message);
      if (ofSource.length > lastMessages) ofSource.shift();
      pending.set(message.sourceNo, ofSource);
      cancel ??= context.clock.after(writeAfterMs, () => context.mishaps.own('the last messages', flush()));
    },
    flush,
  };
}

/** As it is stored: JSON by its members' names, any other text by what is in it. */
export function* maskedMessage(raw: string): Generator<void, string> {
  try {
    JSON.parse(raw);
  } catch {
    return maskPlainText(raw).text.toWellFormed();
  }
  yield;
  return (yield* maskCardsInSteps(raw)).text.toWellFormed();
}
