import { expect, test } from 'vitest';
import { finished } from '../../electron/cli/job-progress.ts';
import type { Terminal } from '../../electron/cli/terminal.ts';
import type { Job } from '../../shared/schemas.ts';

const running = { id: 'job_1', kind: 'past', state: 'running', done: 0, total: 3 } as Job;

/** A command whose engine says of the job what it says in turn, and then always the last. */
function following(...says: readonly Partial<Job>[]) {
  let asked = 0;
  const call = async () => ({ ...running, ...says[Math.min(asked++, says.length - 1)] });
  const terminal = { client: { call }, io: { isTerminal: false }, json: false } as unknown as Terminal;
  return { terminal, asked: () => asked };
}

test('a job whose receiver takes nothing is not waited for without end', async () => {
  const { terminal } = following({ done: 1 });
  expect(await finished(terminal, running, 350)).toMatchObject({ state: 'running', done: 1 });
});

test('as long as something of it ends, it is waited for', async () => {
  const { terminal, asked } = following({ done: 1 }, { done: 2 }, { done: 3, state: 'done' });
  expect(await finished(terminal, running, 450)).toMatchObject({ state: 'done', done: 3 });
  expect(asked()).toBe(3);
});
