/** No further file or connection can be opened: it is named as what it is, and nobody looks for a disk that is at fault. */
import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { expect, test } from 'vitest';
import { descriptorLimit } from '../../electron/engine/descriptors.ts';
import { watchOpenFiles } from '../../electron/engine/doctor/open-files.ts';
import { storeError } from '../../electron/engine/store/connection.ts';
import { conditionsOf } from '../../shared/conditions/index.ts';
import { createFakeClock } from '../support/clock.ts';
import { startTestEngine } from '../support/engine.ts';
import { createKeptLog } from '../support/ports.ts';

const failing = (code: string) => Object.assign(new Error(`${code}: too many open files`), { code });

test.each([
  ['EMFILE', 'app'],
  ['ENFILE', 'pc'],
] as const)('%s is told since when, and what was kept is free for whoever asks what is wrong', async (code, of) => {
  const clock = createFakeClock();
  let free = 20;
  const open = () => {
    if (free === 0) throw failing(code);
    free -= 1;
    return openSync(devNull, 'r');
  };
  const touched: string[] = [];
  const changes = { touch: (what: string) => void touched.push(what), stop: () => undefined };
  const watch = watchOpenFiles({ clock, changes: changes as never, logger: createKeptLog() }, open);
  expect(watch.current()).toBeNull();
  free = 0;
  const since = clock.wallMs() + 10_000;
  await clock.advance(10_000);
  expect(watch.current()).toMatchObject({ of, since });
  await clock.advance(2_000);
  expect(watch.current()).toMatchObject({ of, since });
  free = 20;
  await clock.advance(2_000);
  expect(watch.current()).toBeNull();
  expect(touched).toEqual(['situation', 'situation']);
  watch.stop();
});

const most = descriptorLimit();
const isSmall = most <= 200_000;
if (!isSmall) console.warn(`SKIPPED: descriptors that are used up: there may be ${most} of them`);

test.skipIf(!isSmall)('used up in earnest: Today and doctor name it, and blame no disk', async () => {
  await using engine = await startTestEngine();
  const taken: number[] = [];
  try {
    try {
      for (;;) taken.push(openSync(devNull, 'r'));
    } catch (error) {
      expect(storeError(Object.assign(error as Error, { path: engine.dataFolder }))).toMatchObject({
        code: 'store_unavailable',
        says: { key: 'problem.files_used_up' },
      });
    }
    await engine.clock.advance(10_000);
    // Whatever was kept for such a moment goes as well.
    try {
      for (;;) taken.push(openSync(devNull, 'r'));
    } catch {
      // Nothing is left now.
    }
    const situation = await engine.call('situation.get', {});
    expect(situation.openFiles).toMatchObject({ of: 'app', most });
    const conditions = (now = situation.now) =>
      conditionsOf({ ...situation, now }, { engine: 'running', engineProblem: null, keepAwake: null });
    expect(conditions()[0]).toMatchObject({
      kind: 'open_files',
      title: { key: 'conditions.open_files.title.app' },
      step: { key: 'conditions.open_files.step.limit', params: { most } },
      turn: 'it_helper',
      toasts: false,
    });
    expect(conditions((situation.now + 60_000) as typeof situation.now)[0]).toMatchObject({ toasts: true });
    const doctor = await engine.call('doctor.run', {});
    const by = (key: string) => doctor.find(({ name }) => name.key === key);
    expect(by('doctor.open_files')).toMatchObject({ state: 'problem' });
    expect(by('doctor.folder')).toMatchObject({
      says: [{ key: 'doctor.folder.used_up' }],
      nextStep: { key: 'doctor.folder.used_up_step' },
    });
  } finally {
    for (const one of taken) closeSync(one);
  }
  await engine.clock.advance(2_000);
  expect((await engine.call('situation.get', {})).openFiles).toBeNull();
});
