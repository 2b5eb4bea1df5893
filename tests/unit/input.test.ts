import { describe, expect, test } from 'vitest';
import type { CallName } from '../../shared/api.ts';
import { parseInput } from '../../shared/input.ts';

function messageOf(name: CallName, input: unknown): string {
  try {
    parseInput(name, input);
  } catch (error) {
    return (error as Error).message;
  }
  return 'taken';
}

const endpoint = { url: 'https://example.com/', events: ['booking.created'] };

describe('what is wrong with an input is said by its member and what was expected', () => {
  test.each<[CallName, unknown, string]>([
    ['sources.add', { name: ' ' }, 'name: it is empty.'],
    ['sources.add', {}, 'name: expected a text; it is missing.'],
    ['sources.add', { name: 5 }, 'name: expected a text.'],
    ['sources.add', { name: 'x'.repeat(201) }, 'name: expected at most 200 characters.'],
    ['sources.add', { name: 'PMS', colour: 'red' }, 'colour: there is no such member.'],
    ['sources.list', 5, 'sources.list: expected an object.'],
    ['sources.list', { revoked: 'yes' }, 'revoked: expected true or false.'],
    ['settings.change', { change: { currency: 'pesos' } }, 'change.currency: expected 3 characters.'],
    ['settings.change', { change: { retentionDays: 0 } }, 'change.retentionDays: expected at least 1.'],
    ['settings.change', { change: { retentionDays: 1.5 } }, 'change.retentionDays: expected a whole number.'],
    ['settings.change', { change: { lan: { enabled: true } } }, 'change.lan.host: expected a text; it is missing.'],
    ['endpoints.add', { endpoint: { ...endpoint, events: [] } }, 'endpoint.events: expected at least 1 entry.'],
    ['endpoints.rotate', { id: 'x' }, 'id: expected an id that begins with ep_.'],
    ['export.start', { format: 'xml', file: null }, 'format: expected one of csv, jsonl, xlsx.'],
    ['deliveries.list', { limit: 9999 }, 'limit: expected at most 500.'],
  ])('%s %j', (name, input, message) => {
    expect(messageOf(name, input)).toBe(message);
  });

  test('what is right is taken', () => {
    expect(messageOf('endpoints.add', { endpoint })).toBe('taken');
  });
});
