import { describe, expect, test } from 'vitest';
import type { EngineStart, FromEngine, ToEngine } from '../../../electron/engine-link/engine-messages.ts';
import { type EngineChild, superviseEngine } from '../../../electron/engine-link/engine-supervisor.ts';
import { pingEveryMs, pingsUnanswered } from '../../../electron/engine-link/hang-watch.ts';
import { restartDelaysMs } from '../../../electron/engine-link/restarts.ts';
import { everythingChanged } from '../../../shared/api.ts';
import { utcMs } from '../../../shared/domain.ts';
import { inEnglish } from '../../../shared/sentences/in-english.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { createFakeClock } from '../../support/clock.ts';

const portTaken = sentence('problem.intake_port.taken', { port: 4780, free: 4781 });

const start: EngineStart = {
  dataFolder: '/data',
  port: null,
  dataKey: null,
  noKey: false,
  restoreLast: false,
  isAtStartUp: false,
  plain: false,
  property: null,
  version: '1.0.0',
};
const actor = { account: 'ana', surface: 'window' } as const;

/** An engine process as the supervisor sees it: what it was told, and what a test makes it say or do. */
class ProcessDouble implements EngineChild {
  readonly told: ToEngine[] = [];
  killed = 0;
  private readonly toldMessages: ((message: FromEngine) => void)[] = [];
  private readonly toldExit: ((code: number) => void)[] = [];
  hangs = false;
  postMessage(message: ToEngine) {
    this.told.push(message);
    if (message.type === 'ping' && !this.hangs) this.say({ type: 'pong', ping: message.ping });
  }
  onMessage(listener: (message: FromEngine) => void) {
    this.toldMessages.push(listener);
  }
  onExit(listener: (code: number) => void) {
    this.toldExit.push(listener);
  }
  kill() {
    this.killed += 1;
    this.exit(137);
  }
  say(message: FromEngine) {
    for (const listener of this.toldMessages) listener(message);
  }
  exit(code: number) {
    for (const listener of this.toldExit) listener(code);
  }
  get calls() {
    return this.told.filter((message) => message.type === 'call');
  }
}

async function supervised() {
  const clock = createFakeClock();
  const logged: (readonly [message: string, detail: string])[] = [];
  const broke: string[] = [];
  const processes: ProcessDouble[] = [];
  const engine = superviseEngine({
    fork() {
      const made = new ProcessDouble();
      processes.push(made);
      return made;
    },
    startWith: async () => start,
    async resolveProxy(origin) {
      if (origin.includes('nobody-knows')) throw new Error('ERR_FAILED');
      return `PROXY for.${new URL(origin).hostname}:3128; DIRECT`;
    },
    async printPage(html) {
      if (html === '') throw new Error('ERR_FAILED');
      return Buffer.from(`%PDF of ${html}`);
    },
    after: (delayMs, run) => clock.after(delayMs, run),
    nowMs: () => clock.monotonicMs(),
    log: (...line) => logged.push(line),
    nothingSealed: () => broke.push('nothing sealed'),
    broke: (what) => broke.push(what),
  });
  const states: string[] = [];
  engine.onState(({ state }) => states.push(state));
  const newest = () => {
    const found = processes.at(-1);
    if (!found) throw new Error('no process was started');
    return found;
  };
  const begin = async () => {
    engine.start();
    await clock.advance(0);
    newest().say({ type: 'started' });
  };
  return { engine, clock, processes, newest, states, logged, broke, begin };
}

describe('supervision of the engine', () => {
  test('starts the process with what it needs and says when it runs', async () => {
    const { newest, states, begin } = await supervised();
    await begin();
    expect(newest().told).toEqual([{ type: 'start', start }]);
    expect(states).toEqual(['running']);
  });

  test('gives each answer to its own call, in whatever order they come', async () => {
    const { engine, newest, begin, clock } = await supervised();
    await begin();
    const first = engine.call('situation.get', {}, actor);
    const second = engine.call('jobs.list', {}, actor);
    await clock.advance(0);
    const [one, two] = newest().calls;
    newest().say({ type: 'answer', callId: two?.callId ?? 0, result: { ok: true, value: 'jobs' } });
    newest().say({ type: 'answer', callId: one?.callId ?? 0, result: { ok: true, value: 'situation' } });
    newest().say({ type: 'answer', callId: 999, result: { ok: true, value: 'nobody asked' } });
    expect(await first).toEqual({ ok: true, value: 'situation' });
    expect(await second).toEqual({ ok: true, value: 'jobs' });
  });

  test('tells the engine which proxy the system names, or that it did not say', async () => {
    const { newest, begin, clock, logged } = await supervised();
    await begin();
    newest().say({ type: 'ask_proxy', askId: 4, origin: 'https://hooks.example.com' });
    newest().say({ type: 'ask_proxy', askId: 5, origin: 'https://nobody-knows.example' });
    await clock.advance(0);
    expect(newest().told.filter(({ type }) => type === 'proxy')).toEqual([
      { type: 'proxy', askId: 4, list: 'PROXY for.hooks.example.com:3128; DIRECT' },
      { type: 'proxy', askId: 5, list: null },
    ]);
    expect(logged.at(-1)?.[0]).toContain('did not say which proxy');
  });

  test('prints a page for the engine, or says that it could not', async () => {
    const { newest, begin, clock, logged } = await supervised();
    await begin();
    newest().say({ type: 'ask_print', askId: 6, html: '<p>1</p>' });
    newest().say({ type: 'ask_print', askId: 7, html: '' });
    await clock.advance(0);
    expect(newest().told.filter(({ type }) => type === 'printed')).toEqual([
      { type: 'printed', askId: 6, pdf: Buffer.from('%PDF of <p>1</p>').toString('base64') },
      { type: 'printed', askId: 7, pdf: null },
    ]);
    expect(logged.at(-1)?.[0]).toContain('could not be printed');
  });

  test('has the system’s certificates read by a process of their own, which ends with that', async () => {
    const { newest, processes, begin, clock } = await supervised();
    await begin();
    const [engineProcess] = processes;
    engineProcess?.say({ type: 'ask_roots', askId: 3 });
    await clock.advance(0);
    const reader = newest();
    expect(reader).not.toBe(engineProcess);
    expect(reader.told).toEqual([{ type: 'read_roots' }]);
    reader.say({ type: 'roots', pems: ['one', 'two'] });
    await clock.advance(0);
    expect(engineProcess?.told.at(-1)).toEqual({ type: 'roots', askId: 3, pems: ['one', 'two'] });
    // One that says nothing is not waited for.
    engineProcess?.say({ type: 'ask_roots', askId: 4 });
    await clock.advance(30_000);
    const answers = engineProcess?.told.filter(({ type }) => type === 'roots');
    expect(answers?.at(-1)).toEqual({ type: 'roots', askId: 4, pems: null });
  });

  test('calls made while it starts for the first time wait for it', async () => {
    const { engine, newest, begin, clock } = await supervised();
    const early = engine.call('situation.get', {}, actor);
    await begin();
    await clock.advance(0);
    newest().say({ type: 'answer', callId: newest().calls[0]?.callId ?? 0, result: { ok: true, value: 1 } });
    expect(await early).toEqual({ ok: true, value: 1 });
  });

  test('a crash answers what was in flight, and the engine is started again', async () => {
    const { engine, newest, processes, states, broke, begin, clock } = await supervised();
    await begin();
    const call = engine.call('situation.get', {}, actor);
    await clock.advance(0);
    newest().exit(1);
    expect(broke).toEqual(['the engine ended']);
    expect(await call).toMatchObject({ ok: false, error: { code: 'engine_not_running' } });
    expect(await engine.call('situation.get', {}, actor)).toMatchObject({ error: { code: 'engine_not_running' } });
    await clock.advance(restartDelaysMs[0]);
    expect(processes).toHaveLength(2);
    newest().say({ type: 'started' });
    expect(states).toEqual(['running', 'restarting', 'running']);
  });

  test('what went wrong in the main process is told to the engine that runs, and to each that follows', async () => {
    const { engine, newest, begin, clock } = await supervised();
    const seen = { count: 1, last: { what: 'a toast', at: utcMs(1) } };
    engine.tellMishaps(seen);
    await begin();
    expect(
      newest()
        .told.slice(0, 2)
        .map(({ type }) => type),
    ).toEqual(['mishaps', 'start']);
    const more = { ...seen, count: 2 };
    engine.tellMishaps(more);
    expect(newest().told.at(-1)).toEqual({ type: 'mishaps', seen: more });
    newest().exit(1);
    await clock.advance(restartDelaysMs[0]);
    expect(newest().told[0]).toEqual({ type: 'mishaps', seen: more });
  });

  test('waits longer after each crash, and begins anew after a long run', async () => {
    const { newest, processes, begin, clock } = await supervised();
    await begin();
    const waits: number[] = [];
    for (let crash = 0; crash < 6; crash += 1) {
      newest().exit(1);
      waits.push(clock.nextTimerMs() ?? -1);
      await clock.advance(clock.nextTimerMs() ?? 0);
    }
    expect(waits).toEqual([...restartDelaysMs, restartDelaysMs.at(-1)]);
    newest().say({ type: 'started' });
    await clock.advance(3_600_000);
    newest().exit(1);
    expect(clock.nextTimerMs()).toBe(restartDelaysMs[0]);
    expect(processes).toHaveLength(7);
  });

  test('an engine that refuses to start is stopped with its reason, and tried again', async () => {
    const { engine, newest, processes, broke, clock } = await supervised();
    engine.start();
    await clock.advance(0);
    newest().say({ type: 'refused', error: { code: 'conflict', says: portTaken, message: inEnglish(portTaken) } });
    newest().exit(1);
    expect(engine.state).toEqual({ state: 'stopped', problem: portTaken });
    expect(broke).toEqual([]);
    await clock.advance(restartDelaysMs[0]);
    expect(processes).toHaveLength(2);
  });

  test('a call without an answer ends with an error instead of waiting for ever', async () => {
    const { engine, begin, clock } = await supervised();
    await begin();
    const call = engine.call('situation.get', {}, actor);
    await clock.advance(0);
    await clock.advance(120_000);
    expect(await call).toMatchObject({ error: { code: 'timed_out' } });
  });

  test('a clean stop gives attempts their time, does not start again, and kills only what hangs', async () => {
    const { engine, newest, processes, begin, clock } = await supervised();
    await begin();
    const stopped = engine.stop(5000);
    expect(newest().told.at(-1)).toEqual({ type: 'stop', graceMs: 5000 });
    await clock.advance(4000);
    newest().exit(0);
    await stopped;
    await clock.advance(3_600_000);
    expect(processes).toHaveLength(1);
    expect(newest().killed).toBe(0);
    expect(await engine.call('situation.get', {}, actor)).toMatchObject({ error: { code: 'engine_not_running' } });
  });

  test('once another process has taken over, everything is asked again', async () => {
    const { engine, newest, processes, states, begin, clock } = await supervised();
    await begin();
    const heard: unknown[] = [];
    engine.onPush((push) => heard.push([states.at(-1), push]));
    const restarted = engine.restart();
    newest().exit(0);
    await restarted;
    await clock.advance(0);
    expect(heard).toEqual([]);
    newest().say({ type: 'started' });
    expect(processes).toHaveLength(2);
    expect(heard).toEqual([['running', everythingChanged]]);
  });

  test('an engine that does not stop is killed after its grace', async () => {
    const { engine, newest, begin, clock } = await supervised();
    await begin();
    const stopped = engine.stop(5000);
    await clock.advance(7000);
    await stopped;
    expect(newest().killed).toBe(1);
  });

  test('hears that nothing waits for the key that it was started without', async () => {
    const { newest, broke, begin } = await supervised();
    await begin();
    newest().say({ type: 'nothing_sealed' });
    expect(broke).toEqual(['nothing sealed']);
  });

  test('passes pushes on, and sleep and waking to the engine', async () => {
    const { engine, newest, begin } = await supervised();
    await begin();
    const heard: unknown[] = [];
    const end = engine.onPush((push) => heard.push(push));
    const push = { name: 'changed', payload: { topics: ['events'] } } as const;
    newest().say({ type: 'push', push: { ...push, payload: { topics: ['events'] } } });
    end();
    newest().say({ type: 'push', push: { ...push, payload: { topics: ['events'] } } });
    expect(heard).toEqual([push]);
    engine.suspend();
    engine.resume();
    expect(newest().told.slice(1)).toEqual([{ type: 'suspend' }, { type: 'resume' }]);
  });

  test('an engine that answers goes on, whatever else it has not answered yet', async () => {
    const { engine, newest, processes, begin, clock } = await supervised();
    await begin();
    void engine.call('jobs.list', {}, actor);
    await clock.advance(100_000);
    expect(newest().told.filter(({ type }) => type === 'ping')).toHaveLength(100_000 / pingEveryMs);
    expect(newest().killed).toBe(0);
    expect(processes).toHaveLength(1);
  });

  test('one that hangs is ended within half a minute, said, and started again', async () => {
    const { engine, newest, processes, states, logged, broke, begin, clock } = await supervised();
    await begin();
    await clock.advance(pingEveryMs);
    const hanging = newest();
    hanging.hangs = true;
    const call = engine.call('situation.get', {}, actor);
    await clock.advance(pingEveryMs * pingsUnanswered);
    expect(hanging.killed).toBe(0);
    await clock.advance(pingEveryMs);
    expect(hanging.killed).toBe(1);
    expect(await call).toMatchObject({ error: { code: 'engine_not_running' } });
    expect(logged).toContainEqual(['the engine hangs and is ended', 'silent for 30 s; calls in flight: situation.get']);
    expect(engine.state.problem).toEqual(sentence('problem.engine_hung'));
    expect(broke).toEqual(['the engine hung']);
    await clock.advance(restartDelaysMs[0]);
    expect(processes).toHaveLength(2);
    newest().say({ type: 'started' });
    expect(states).toEqual(['running', 'restarting', 'running']);
    expect(engine.state.problem).toBeNull();
  });

  test('the hours of a sleep are no silence: timers stood still, and it answers the next asking', async () => {
    const { newest, begin, clock } = await supervised();
    await begin();
    for (let night = 0; night < 10; night += 1) {
      await clock.advance(pingEveryMs);
      clock.sleep(8 * 3_600_000);
    }
    expect(newest().killed).toBe(0);
  });

  test('a start that takes minutes is left alone, and so is an engine that is stopping', async () => {
    const { engine, newest, clock } = await supervised();
    engine.start();
    await clock.advance(0);
    newest().hangs = true;
    await clock.advance(10 * 60_000);
    expect(newest().killed).toBe(0);
    newest().say({ type: 'started' });
    const stopping = engine.stop(10 * 60_000);
    await clock.advance(5 * 60_000);
    expect(newest().killed).toBe(0);
    newest().exit(0);
    await stopping;
  });
});
