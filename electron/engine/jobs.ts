/** Jobs as a person follows them: listed, paused, resumed and cancelled, whoever does the work. */
import { RelayError } from '../../shared/api.ts';
import type { Actor, Sentence } from '../../shared/domain.ts';
import type { Job } from '../../shared/schemas.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import type { EngineContext, EngineHandlers } from './context.ts';
import { wallTime } from './context.ts';
import { createJobStore, jobView, leavesWhole } from './store/jobs.ts';

/** How jobs of one kind are told what a person wants; each records the new state itself. */
export interface JobControl {
  pause(id: string): Promise<void>;
  resume(id: string): Promise<void>;
  cancel(id: string): Promise<void>;
}

export interface Jobs {
  readonly handlers: Pick<
    EngineHandlers,
    'jobs.list' | 'jobs.get' | 'jobs.pause' | 'jobs.resume' | 'jobs.cancel' | 'jobs.download'
  >;
  register(kind: Job['kind'], control: JobControl): void;
  /** @throws RelayError `not_found` */
  view(id: string): Job;
  state(id: string, state: 'running' | 'paused'): Promise<void>;
  progress(id: string, now: { readonly done: number; readonly total: number | null }): Promise<void>;
  end(
    id: string,
    state: 'done' | 'cancelled' | 'failed',
    more?: { readonly file?: string; readonly sizeBytes?: number; readonly problem?: Sentence },
  ): Promise<void>;
  /** The same for one that failed, whatever the store says now: never rejects, and is tried again until it is kept. */
  fail(id: string, problem: Sentence): Promise<void>;
  /** Jobs of a kind that a stop or crash cut off, and that nobody goes on with. */
  failOpen(kind: Job['kind'], problem: Sentence): Promise<readonly Job[]>;
}

const listed = 50;
const failAgainMs = 10_000;
const mostFailTries = 30;

export function createJobs({ writer, commit, clock, push, recordAct, logger, mishaps }: EngineContext): Jobs {
  const store = createJobStore(writer);
  const controls = new Map<Job['kind'], JobControl>();

  function view(id: string): Job {
    const row = store.get(id);
    if (!row) throw new RelayError('not_found', sentence('problem.no_such_job'), { detail: id });
    return jobView(row);
  }

  /** What a browser fetches is done; that it did is recorded as the making of it was. */
  async function download({ id }: { readonly id: string }, actor: Actor): Promise<Job> {
    const job = view(id);
    if (job.state !== 'done' || job.file === null) {
      throw new RelayError('not_possible', sentence('problem.job_no_file'), { detail: `${job.kind} ${job.state}` });
    }
    await commit.transact(() =>
      recordAct(actor, 'jobs.download', id, { kind: job.kind, full: leavesWhole(store.get(id)) }),
    );
    return job;
  }

  const tell = (id: string) => push({ name: 'job', payload: view(id) });

  const act =
    (name: 'pause' | 'resume' | 'cancel') =>
    async ({ id }: { readonly id: string }, actor: Actor): Promise<Job> => {
      const { kind, state } = view(id);
      const control = controls.get(kind);
      if (!control || (state !== 'running' && state !== 'paused')) {
        throw new RelayError('not_possible', sentence('problem.job_over'), { detail: `${kind} ${state}` });
      }
      await control[name](id);
      await commit.transact(() => recordAct(actor, `jobs.${name}`, id));
      return view(id);
    };

  async function fail(id: string, problem: Sentence, triesLeft = mostFailTries): Promise<void> {
    try {
      await commit.transact(() => store.setState(id, 'failed', wallTime(clock), problem));
      tell(id);
    } catch (error) {
      logger.warn({ job: id, error: String(error) }, 'that a job failed could not be kept yet');
      // Where it never can, the next start finds it open and ends it.
      if (triesLeft > 1)
        clock.after(failAgainMs, () => mishaps.own('the end of a job', fail(id, problem, triesLeft - 1)));
    }
  }

  return {
    handlers: {
      'jobs.list': () => store.newest(listed).map(jobView),
      'jobs.get': ({ id }) => view(id),
      'jobs.pause': act('pause'),
      'jobs.resume': act('resume'),
      'jobs.cancel': act('cancel'),
      'jobs.download': download,
    },
    register: (kind, control) => void controls.set(kind, control),
    view,
    async state(id, state) {
      await commit.transact(() => store.setState(id, state, null, null));
      tell(id);
    },
    async progress(id, { done, total }) {
      await commit.transact(() => store.setProgress(id, { position: null, total, done, delivered: 0, failed: 0 }));
      tell(id);
    },
    async end(id, state, { file, sizeBytes, problem } = {}) {
      await commit.transact(() => {
        store.setState(id, state, wallTime(clock), problem ?? null);
        if (file !== undefined) store.setFile(id, file, sizeBytes ?? null);
      });
      tell(id);
    },
    fail,
    async failOpen(kind, problem) {
      const open = store.open(kind).map(jobView);
      await commit.transact(() => {
        for (const { id } of open) store.setState(id, 'failed', wallTime(clock), problem);
      });
      return open;
    },
  };
}
