/** Messages like recorded ones with something wrong in them, the same in every run of a seed. */

/** A number from 0 up to `below`. Mulberry32. */
export type Next = (below: number) => number;

export function generator(seed: number): Next {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const values: readonly unknown[] = [
  ...[null, '', ' ', 0, -1, 1e308, Number.MAX_SAFE_INTEGER, true, [], {}, [[]], 'x'.repeat(500)],
  ...['\u0000', '\ud800', '\u202e', '"', "'", '{{ x }}', '{% raw %}', '</x>', 'é', '你好', '2026-13-45', '/Date(1)/'],
  ...['4111 1111 1111 1111', { id: { id: { id: 1 } } }, ['a', 1, null], { __proto__: 1 }, 'constructor', 'toString'],
];

const pick = <Value>(from: readonly Value[], next: Next): Value => from[next(from.length)] as Value;

function mutated(value: unknown, next: Next, depth = 0): unknown {
  if (next(12) === 0) return pick(values, next);
  if (Array.isArray(value)) {
    const some = value.filter(() => next(10) > 0).map((each) => mutated(each, next, depth + 1));
    return next(20) === 0 ? [...some, ...some] : some;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(() => next(15) > 0);
    const again = members.map(([name, each]) => [next(40) === 0 ? `${name}x` : name, mutated(each, next, depth + 1)]);
    return Object.fromEntries(again);
  }
  return value;
}

/** @param seeds recorded messages */
export function fuzzedText(seeds: readonly unknown[], next: Next): string {
  const text = JSON.stringify(mutated(pick(seeds, next), next)) ?? 'null';
  switch (next(12)) {
    case 0:
      return text.slice(0, next(text.length + 1));
    case 1: {
      const at = next(text.length + 1);
      return text.slice(0, at) + String.fromCharCode(next(0xffff)) + text.slice(at);
    }
    case 2:
      return `${text}${pick(['', ' ', '\n', '}', ',', 'null'], next)}`;
    default:
      return text;
  }
}
