/** A request under way while this PC's network goes away, or becomes another: its end says nothing of its receiver. */
import { describe, expect, it } from 'vitest';
import { classifyOutcome } from '../../electron/engine/evidence/outcome.ts';
import type { Reach } from '../../electron/engine/evidence/reachability.ts';
import { ledgerOf, type Said, way } from '../support/ledger.ts';
import { answered, failed, throughProxy } from './outcome-rows.ts';

const [make, slack, till, door] = ['hooks.make.com', 'hooks.slack.com', '10.0.0.5', '10.0.0.6'];
const open: Said = 'ok';
const shut: Said = 'ETIMEDOUT';

/** Two endpoints out there, two in here, one address that is asked; watched, in its first network. */
function property() {
  const at = ledgerOf(
    [way(make), way(slack), way(till, true), way(door, true)],
    { [make]: 'reached', [slack]: 'reached', [till]: 'reached', [door]: 'reached' },
    { said: { 'a.test': open } },
  );
  const { ledger, clock, checks, network } = at;
  ledger.watch();
  const closed = (is: boolean) => {
    checks.said = { 'a.test': is ? shut : open };
    const reach: Reach = is ? 'silent' : 'reached';
    network.reach = { ...network.reach, [make]: reach, [slack]: reach };
  };
  /** It ends now: what that means, for one that had begun then. */
  const ends = async (host: string, begunMs: number, evidence = failed('request', 'DEADLINE')) => {
    const local = host.startsWith('10.');
    if (!local) await ledger.probe(begunMs);
    const {
      class: outcome,
      counts,
      sentence,
    } = classifyOutcome({
      ...{ ...evidence, host, local },
      ...ledger.knownOf(host, local, begunMs),
    });
    return { outcome, counts, key: sentence.key };
  };
  return { ...at, closed, ends, now: () => clock.monotonicMs() };
}

const away = { outcome: 'interrupted', counts: false, key: 'outcome.network_away' };
const changed = { outcome: 'interrupted', counts: false, key: 'outcome.network_changed' };
const offline = { outcome: 'offline', counts: false, key: 'outcome.offline' };
const down = { outcome: 'endpoint_down', counts: true, key: 'outcome.no_answer' };

describe('a request that was under way', () => {
  it('while the internet was away counts for nothing, though it is back by the time that it ends', async () => {
    const { closed, clock, ledger, saw, ends, now } = property();
    const begun = now();
    await clock.advance(1_000);
    closed(true);
    expect(await ends(slack, now(), failed('connect', 'ETIMEDOUT'))).toEqual(offline);
    await clock.advance(10_000);
    closed(false);
    saw(slack);
    await clock.advance(1_000);
    expect(await ends(make, begun)).toEqual(away);
    expect(await ends(make, begun, throughProxy(504))).toMatchObject({ counts: false });
    // One that began when it was back has nothing to do with it; nor has what a receiver answered, or showed.
    expect(await ends(make, now())).toEqual(down);
    expect(await ends(make, begun, answered(500))).toMatchObject({ counts: true });
    expect(await ends(make, begun, failed('tls', 'CERT_HAS_EXPIRED'))).toMatchObject({ counts: true });
    ledger.stop();
  });

  it('while this PC came into another network, where all is well, counts for nothing once', async () => {
    const { network, clock, ledger, ends, now } = property();
    const begun = now();
    await clock.advance(1_000);
    network.name = 'VPN';
    // Nobody has glanced at it yet: the failure itself has it looked at.
    expect(await ends(make, begun)).toEqual(changed);
    expect(await ends(till, begun)).toEqual(changed);
    expect(await ends('127.0.0.1', begun)).toMatchObject({ counts: true });
    await clock.advance(1_000);
    expect(await ends(make, now())).toEqual(down);
    ledger.stop();
  });

  it('in a network that leads nowhere and was not yet believed to, has it looked at once more', async () => {
    const { network, closed, clock, ledger, kinds, ends, now } = property();
    network.name = 'VPN';
    closed(true);
    await clock.advance(5_000);
    expect(kinds()).toEqual([]);
    const begun = now();
    await clock.advance(1_000);
    expect(await ends(make, begun, failed('dns', 'EAI_AGAIN'))).toEqual(offline);
    expect(kinds()).toEqual(['no_answer']);
    ledger.stop();
  });

  it('to the property’s own network while that was out of reach counts for nothing, what leads elsewhere does', async () => {
    const { network, clock, ledger, saw, kinds, ends, now } = property();
    const begun = now();
    network.reach = { [make]: 'reached', [slack]: 'reached' };
    await clock.advance(1_000);
    await ledger.localSilence(till);
    expect(kinds()).toEqual(['local_network']);
    await clock.advance(1_000);
    saw(door);
    expect(await ends(till, begun)).toEqual(away);
    expect(await ends(make, begun)).toEqual(down);
    ledger.stop();
  });
});
