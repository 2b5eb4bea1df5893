/** The support bundle while an engine runs: what the folder says, and what the engine says of itself. */
import type { CallOutput } from '../../../shared/api.ts';
import type { Sentence } from '../../../shared/domain.ts';
import type { Situation } from '../../../shared/schemas.ts';
import { renderSentence } from '../../../shared/sentences/index.ts';
import type { EngineContext, EngineHandlers } from '../context.ts';
import { makeFolder } from '../files/make-folder.ts';
import { claimFreeName, claimNamedFile } from '../files/named-file.ts';
import { withoutQuotes } from '../privacy/quoted-words.ts';
import type { StreamChunk } from '../reader/reader-protocol.ts';
import type { ReaderCalls, ReaderThread } from '../reader/reader-thread-client.ts';
import { bundleOf, unreadOf, writeBundle } from './bundle.ts';
import type { FolderRequest, LivePart } from './folder-files.ts';
import type { SupportFile } from './support-file.ts';

export interface SupportParts {
  /** A thread that reads the data folder; it is ended here. */
  readonly startThread: () => ReaderThread<ReaderCalls>;
  readonly situation: () => Promise<Situation>;
  readonly doctor: () => CallOutput<'doctor.run'> | Promise<CallOutput<'doctor.run'>>;
  /** Where it goes that is given no place. */
  readonly place: string;
}

export function createSupport(
  { clock, commit, recordAct, dataFolder, version, settings }: EngineContext,
  { startThread, situation, doctor, place }: SupportParts,
): Pick<EngineHandlers, 'support.preview' | 'support.save'> {
  async function made(): Promise<SupportFile[]> {
    const live = { situation: await partOf(situation), doctor: await partOf(checks) };
    return bundleOf(await folderFiles(startThread(), { dataFolder, version, wallMs: clock.wallMs(), live }));
  }

  async function checks(): Promise<unknown> {
    const { timeZone } = settings.current();
    // In words it cannot be told any more what of them is a receiver's.
    const shown = (one: Sentence) =>
      renderSentence(
        withoutQuotes(one, (what) => `[${what}]`),
        'en',
        { timeZone },
      );
    return (await doctor()).map(({ name, state, says, nextStep }) => ({
      check: shown(name),
      state,
      says: says.map(shown),
      nextStep: nextStep && shown(nextStep),
    }));
  }

  return {
    'support.preview': async () =>
      (await made()).map(({ name, text }) => ({
        name,
        sizeBytes: Buffer.byteLength(text),
        text: text.slice(0, shownText),
      })),
    async 'support.save'({ file, replace = false }, actor) {
      const files = await made();
      if (file === null) await makeFolder(place);
      const day = new Date(clock.wallMs()).toISOString().slice(0, 10);
      const claimed = await (file === null
        ? claimFreeName(place, `support ${day}`, '.zip', dataFolder)
        : claimNamedFile(file, { dataFolder, replace }));
      const { sizeBytes } = await writeBundle(files, claimed);
      await commit.transact(() => recordAct(actor, 'support.save', null, { file: claimed.path }));
      return { file: claimed.path, sizeBytes, files: files.map(({ name }) => name), unread: unreadOf(files) };
    },
  };
}

/** Of each file so much is shown, in characters; the whole lies in the bundle. */
const shownText = 100_000;

async function partOf(ask: () => Promise<unknown>): Promise<LivePart> {
  try {
    return { value: await ask() };
  } catch (error) {
    return { problem: String(error) };
  }
}

async function folderFiles(thread: ReaderThread<ReaderCalls>, request: FolderRequest): Promise<readonly SupportFile[]> {
  try {
    for await (const { bytes } of thread.stream('support.files', request)) {
      return JSON.parse(Buffer.from(bytes).toString('utf8')) as SupportFile[];
    }
    return [];
  } finally {
    await thread.stop();
  }
}

/** In the reader thread: all files as one chunk. */
export async function* streamFolderFiles(
  request: FolderRequest,
  read: (request: FolderRequest) => Promise<SupportFile[]>,
): AsyncGenerator<StreamChunk, void> {
  const files = await read(request);
  yield { bytes: Buffer.from(JSON.stringify(files)), rows: files.length };
}
