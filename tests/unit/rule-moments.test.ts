import { expect, test } from 'vitest';
import { givenRules } from '../../shared/endpoint-kinds/rules.ts';

const isTaken = (value: string): boolean =>
  givenRules.safeParse({ match: 'all', of: [{ path: 'data.check_in', is: 'greater', value }] }).success;

test('what is more or less is a number, or a moment that there is', () => {
  for (const value of ['5000', '-1.5', '2024-02-29', '2024-03-01T10:30', '2024-03-01 10:30:00Z']) {
    expect(isTaken(value), value).toBe(true);
  }
  for (const value of [
    'viel',
    '2024-13-45',
    '2023-02-29',
    '2024-02-30T10:00',
    '2024-03-01T25:00',
    '2024-03-01T10:30 or so',
  ]) {
    expect(isTaken(value), value).toBe(false);
  }
});
