import { describe, expect, it } from 'vitest';
import { catalogue, eventTypes } from '../../shared/events.ts';
import { sampleText } from '../../shared/samples.ts';

describe('the samples', () => {
  it.each(eventTypes)('%s means what the catalogue says, and is not what another program would write', (event) => {
    for (const lines of [false, true]) {
      const text = sampleText(event, lines);
      expect(JSON.parse(text)).toEqual(catalogue[event].sample);
      expect(text).not.toBe(JSON.stringify(JSON.parse(text)));
      expect(text).toMatch(/^[\x20-\x7e\n]+$/);
      // Of what a person writes on, no plain letter is.
      expect(text).toMatch(lines ? /^(?!.*\\u00[0-7])/s : /\\u[0-9a-f]{4}/);
      expect(text).toContain('": ');
    }
  });

  it('write money as `6000.00`', () => {
    expect(sampleText('booking.created')).toContain('"total": 6000.00');
    expect(sampleText('payment.received')).toContain('"amount": 10110.50');
    expect(sampleText('inventory.low')).toContain('"on_hand": 12');
  });
});
