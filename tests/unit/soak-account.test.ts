import { describe, expect, it } from 'vitest';
import { addsUp, createAccount, sumLine } from '../soak/account.ts';

const nothing = { waiting: new Map<number, number>(), attention: new Map<number, number>() };

describe('the account of a soak', () => {
  it('tells what was delivered, waits, needs a person, was skipped and is lost, each event once', () => {
    const account = createAccount(10, 2);
    for (let n = 0; n < 5; n += 1) account.acknowledged(n, n === 0 ? 0 : 0b11);
    for (const endpoint of [0, 1]) account.taken(endpoint, 1, 7);
    account.taken(0, 2, 8);
    account.taken(0, 3, 9);
    const sum = account.sum({ waiting: new Map([[2, 0b10]]), attention: new Map([[3, 0b10]]) });
    expect(sumLine(sum)).toBe('events 5, delivered 1, waiting 1, needs attention 1, skipped 1, lost 1');
    expect(addsUp(sum)).toBe(true);
    expect(addsUp({ ...sum, events: 6 })).toBe(false);
    expect(account.faults).toEqual([]);
  });

  it('an event that the engine holds for one endpoint is lost where another one misses it', () => {
    const account = createAccount(1, 2);
    account.acknowledged(0, 0b11);
    expect(account.sum({ ...nothing, waiting: new Map([[0, 0b01]]) })).toMatchObject({ waiting: 0, lost: 1 });
  });

  it('counts what comes twice, and does not take it for something out of order', () => {
    const account = createAccount(3, 1);
    for (const n of [0, 1, 0]) account.taken(0, n, 2);
    expect(account.duplicates).toBe(1);
    expect(account.faults).toEqual([]);
  });

  it('finds a later event of a booking before an earlier one, and one that nobody acknowledged', () => {
    const account = createAccount(3, 1);
    account.acknowledged(0, 1);
    for (const n of [1, 0]) account.taken(0, n, 2);
    account.sum(nothing);
    expect(account.faults).toEqual([
      'event 0 of 2 came to endpoint 0 after 1',
      'event 1 came and was never acknowledged',
    ]);
  });
});
