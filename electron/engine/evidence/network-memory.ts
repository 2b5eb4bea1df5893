/**
 * What was learnt of this PC's networks and outlives a restart: in which of them the addresses of the internet check have
 * answered, so that their silence there says something, and which machines of the property stood in a network that this
 * PC was connected to.
 */
import type { EngineContext } from '../context.ts';
import { createMetaTable, metaKey } from '../store/meta.ts';

export interface NetworkMemory {
  /**
   * The addresses have answered here.
   * @param network this PC's interfaces and addresses, a line each (`NetworkSight.signature`)
   */
  answeredIn(network: string): void;
  /** Whether they have answered while this PC had one of these addresses. */
  hasAnsweredIn(network: string): boolean;
  /** Machines that answered while an interface led into their own network. */
  led(): readonly string[];
  setLed(hosts: readonly string[]): void;
}

interface Kept {
  readonly answered: readonly string[];
  readonly led: readonly string[];
}

/** Most that is kept of each; the oldest goes. */
const mostKept = 50;

export function createNetworkMemory({
  writer,
  commit,
  mishaps,
}: Pick<EngineContext, 'writer' | 'commit' | 'mishaps'>): NetworkMemory {
  const meta = createMetaTable(writer);
  let kept = readKept(meta.get(metaKey.networks));

  function keep(now: Kept): void {
    kept = now;
    const write = commit.transact(() => meta.put(metaKey.networks, JSON.stringify(kept)));
    mishaps.own('what was learnt of this PC’s networks', write);
  }

  return {
    answeredIn(network) {
      const lines = network.split('\n');
      if (lines.every((line) => kept.answered.includes(line))) return;
      keep({ ...kept, answered: [...new Set([...kept.answered, ...lines])].slice(-mostKept) });
    },
    hasAnsweredIn: (network) => network.split('\n').some((line) => kept.answered.includes(line)),
    led: () => kept.led,
    setLed(hosts) {
      const now = [...hosts].sort().slice(-mostKept);
      if (now.join(' ') !== kept.led.join(' ')) keep({ ...kept, led: now });
    },
  };
}

/** What another version wrote in another shape is as nothing learnt. */
function readKept(text: string | undefined): Kept {
  const found = text === undefined ? {} : (JSON.parse(text) as Partial<Kept>);
  const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
  return { answered: list(found.answered), led: list(found.led) };
}
