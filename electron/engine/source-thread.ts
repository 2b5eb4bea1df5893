/**
 * Entry of a thread that reads files or a database for one source. The composition root names this file (bundles carry it
 * as a file of its own).
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Sentence } from '../../shared/domain.ts';
import { sayLoaded } from './loading-thread.ts';
import type { SourceThreadData, ThreadAnswer, ThreadQuestion } from './sources/thread/protocol.ts';
import { callsOf } from './sources/thread/thread.ts';

const calls = callsOf((workerData as SourceThreadData).role);

async function answerTo({ no, call, input }: ThreadQuestion): Promise<ThreadAnswer> {
  try {
    const known = (await calls)[call];
    if (known === undefined) throw new Error(`no such call: ${call}`);
    return { no, value: await known(input as never) };
  } catch (error) {
    const { says = null } = error as { readonly says?: Sentence };
    return { no, message: String(error), says };
  }
}

const loaded = (): void => {
  if (parentPort) sayLoaded(parentPort);
};
// Where it cannot be loaded, each question is answered with why.
calls.then(loaded, loaded);

// Nothing in it rejects: what goes wrong is the answer.
parentPort?.on('message', (question: ThreadQuestion) => {
  answerTo(question).then(
    (answer) => parentPort?.postMessage(answer),
    () => {},
  );
});
