import { describe, expect, test } from 'vitest';
import { createSharedLookup, type Lookup } from '../../electron/engine/sending/shared-lookup.ts';

type Answer = Parameters<Parameters<Lookup>[2]>;

/** A look-up that answers when it is told to. */
function heldLookup() {
  const asked: { hostname: string; answer: (...answer: Answer) => void }[] = [];
  const lookup: Lookup = (hostname, _options, answer) => void asked.push({ hostname, answer });
  return { asked, lookup: createSharedLookup(lookup) };
}

describe('look-ups under way at the same time', () => {
  test('for one name are one, and all get its answer', () => {
    const { asked, lookup } = heldLookup();
    const got: unknown[] = [];
    for (let n = 0; n < 5; n += 1) lookup('hooks.example.com', { all: true }, (_error, address) => got.push(address));
    lookup('other.example.com', { all: true }, () => undefined);
    expect(asked.map(({ hostname }) => hostname)).toEqual(['hooks.example.com', 'other.example.com']);
    const addresses = [{ address: '192.0.2.1', family: 4 }];
    asked[0]?.answer(null, addresses);
    expect(got).toEqual(Array(5).fill(addresses));
  });

  test('share a failure too, and the next request asks anew', () => {
    const { asked, lookup } = heldLookup();
    const errors: unknown[] = [];
    lookup('gone.example.com', { all: true }, (error) => errors.push(error?.code));
    lookup('gone.example.com', { all: true }, (error) => errors.push(error?.code));
    asked[0]?.answer(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), '');
    expect(errors).toEqual(['ENOTFOUND', 'ENOTFOUND']);
    lookup('gone.example.com', { all: true }, () => undefined);
    expect(asked).toHaveLength(2);
  });

  test('that want another kind of answer are looked up apart', () => {
    const { asked, lookup } = heldLookup();
    lookup('hooks.example.com', { all: true }, () => undefined);
    lookup('hooks.example.com', { all: false }, () => undefined);
    lookup('hooks.example.com', { family: 6, all: true }, () => undefined);
    expect(asked).toHaveLength(3);
  });
});
