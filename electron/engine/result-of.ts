/** Turns what a handler does into a result of the API: a value, or an error of the closed set, never a stack. */
import { callErrorOf, RelayError, type Result } from '../../shared/errors.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import { storeError } from './store/connection.ts';

/**
 * @param unexpected is told of an error outside the closed set, which is a defect; the caller reads
 *   `internal` and a plain sentence
 */
export async function resultOf<Value>(
  handle: () => Value | Promise<Value>,
  unexpected: (error: unknown) => void = () => {},
): Promise<Result<Value>> {
  try {
    return { ok: true, value: await handle() };
  } catch (thrown) {
    const error = storeError(thrown);
    if (!(error instanceof RelayError)) {
      unexpected(error);
      const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      return { ok: false, error: callErrorOf(new RelayError('internal', sentence('problem.internal'), { detail })) };
    }
    return { ok: false, error: callErrorOf(error) };
  }
}
