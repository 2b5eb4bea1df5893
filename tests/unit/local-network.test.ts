/** The property's own network: when it is that, and not each machine's own trouble. */
import { describe, expect, it } from 'vitest';
import { classifyOutcome } from '../../electron/engine/evidence/outcome.ts';
import { holdingUp } from '../../shared/facts.ts';
import { ledgerOf, way } from '../support/ledger.ts';
import { failed } from './outcome-rows.ts';

const minute = 60_000;
const [till, door, make] = ['10.0.0.5', '10.0.0.6', 'hooks.make.com'];
const away = way(make);

describe('machines of the property’s own network', () => {
  it('that are all silent are its trouble, which counts for nothing and holds up nothing that goes to the internet', async () => {
    const { ledger, kinds, checks } = ledgerOf(
      [way(till, true), way(door, true), away],
      {},
      { said: { 'a.test': 'ok' } },
    );
    await ledger.localSilence(till);
    expect(ledger.facts()).toMatchObject([
      { kind: 'local_network', scope: { kind: 'local_network' }, hosts: [till, door], why: 'silent' },
    ]);
    const { connectivity } = ledger.knownOf(till, true);
    expect(connectivity).toBe('local_network');
    expect(classifyOutcome(failed('connect', 'ETIMEDOUT', { local: true, host: till, connectivity }))).toMatchObject({
      ...{ class: 'offline', counts: false, sentence: { key: 'outcome.local_network' } },
    });
    expect(ledger.knownOf(make, false).connectivity).toBe('online');
    expect(ledger.isOpen()).toBe(true);
    expect(holdingUp(ledger.facts(), { host: `${till}:8443`, local: true })).toHaveLength(1);
    expect(holdingUp(ledger.facts(), { host: make, local: false })).toEqual([]);
    expect(ledger.connectivity().state).toBe('online');
    expect(kinds()).toEqual(['local_network']);
    // Nobody out there is asked for what is wrong in here.
    expect(checks.asked).toEqual([]);
  });

  it('is out since the first silence began, whichever machine is heard of first', async () => {
    const { clock, ledger } = ledgerOf([way(till, true), way(door, true)], {});
    const [begunMs, began] = [clock.monotonicMs(), clock.wallMs()];
    await clock.advance(30_000);
    await ledger.localSilence(till, begunMs);
    expect(ledger.facts()).toMatchObject([{ kind: 'local_network', since: began }]);
    await ledger.localSilence(door, begunMs - 300);
    expect(ledger.facts()).toMatchObject([{ kind: 'local_network', since: began - 300 }]);
  });

  it.each<[string, Parameters<typeof ledgerOf>]>([
    ['one of two answers', [[way(till, true), way(door, true)], { [door]: 'reached' }]],
    ['there is one alone', [[way(till, true), away], {}]],
    ['the other is this PC', [[way(till, true), way('10.0.0.99', true), way('127.0.0.1', true)], {}]],
  ])('where %s, its silence is its own trouble and counts', async (_, [ways, reach]) => {
    const { ledger, kinds } = ledgerOf(ways, reach);
    await ledger.localSilence(till);
    expect(kinds()).toEqual([]);
    const { connectivity } = ledger.knownOf(till, true);
    expect(classifyOutcome(failed('connect', 'ETIMEDOUT', { local: true, connectivity }))).toMatchObject({
      counts: true,
    });
  });

  it('where this PC lost its connection into their network, one is enough', async () => {
    const { ledger, network, saw } = ledgerOf([way(till, true), away]);
    saw(till);
    network.leads = false;
    await ledger.localSilence(till);
    expect(ledger.facts()).toMatchObject([{ kind: 'local_network', hosts: [till], why: 'interface' }]);
    // One in another network behind a router was never reached directly.
    const routed = ledgerOf([way(till, true)]);
    routed.network.leads = false;
    routed.saw(till);
    await routed.ledger.localSilence(till);
    expect(routed.kinds()).toEqual([]);
  });

  it('is known after a restart to have been connected to it', async () => {
    const before = ledgerOf([way(till, true)]);
    before.saw(till);
    const { ledger, network } = ledgerOf([way(till, true)], {}, { memory: before.memory });
    network.leads = false;
    await ledger.localSilence(till);
    expect(ledger.facts()).toMatchObject([{ kind: 'local_network', hosts: [till], why: 'interface' }]);
    // Until no endpoint leads there any more.
    before.ways.pop();
    before.ledger.waysChanged();
    expect(before.memory.led()).toEqual([]);
  });

  it('is over with the first that can be reached, or that answers, and with the endpoints that it rests on', async () => {
    const at = ledgerOf([way(till, true), way(door, true)]);
    const { clock, ledger, network, ways, saw, kinds } = at;
    ledger.watch();
    await ledger.localSilence(till);
    const heard: boolean[] = [];
    ledger.onChange((eased) => heard.push(eased));
    await clock.advance(3 * minute);
    expect(kinds()).toEqual(['local_network']);
    network.reach = { [door]: 'reached' };
    await clock.advance(minute);
    expect([kinds(), heard]).toEqual([[], [true]]);
    network.reach = {};
    await ledger.localSilence(till);
    saw(door);
    expect(kinds()).toEqual([]);
    await clock.advance(minute);
    await ledger.localSilence(till);
    expect(kinds()).toEqual(['local_network']);
    ways.splice(1, 1);
    ledger.waysChanged();
    expect(kinds()).toEqual([]);
    ledger.stop();
  });

  it('and no internet are two things: neither holds up what the other leads to', async () => {
    const { ledger, kinds } = ledgerOf(
      [way(till, true), way(door, true), away],
      { [till]: 'reached' },
      {
        said: { 'a.test': 'ETIMEDOUT', 'b.test': 'ETIMEDOUT' },
      },
    );
    await ledger.probe(0);
    expect(kinds()).toEqual(['no_answer']);
    expect(ledger.knownOf(till, true).connectivity).toBe('online');
    expect(holdingUp(ledger.facts(), { host: till, local: true })).toEqual([]);
  });
});
