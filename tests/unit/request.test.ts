import fc from 'fast-check';
import { isbot } from 'isbot';
import { describe, expect, test } from 'vitest';
import { bodyText, webhook } from '../../electron/engine/endpoints/kinds/webhook.ts';
import { generateSecret } from '../../electron/engine/endpoints/secret.ts';
import { maskedValue } from '../../electron/engine/masked-value.ts';
import { checkCustomHeaders } from '../../electron/engine/sending/custom-headers.ts';
import {
  type AttemptForRequest,
  requestHeaders,
  storableAnswerHeaders,
  storableRequestHeaders,
  userAgent,
} from '../../electron/engine/sending/request.ts';
import { roostSyncSignature, signingKey } from '../../electron/engine/sending/signing.ts';
import { RelayError } from '../../shared/api.ts';
import { type DeliveryId, type EventId, utcMs } from '../../shared/domain.ts';
import { isReservedHeader } from '../../shared/header-names.ts';
import contract from '../support/contract/signature-vectors.json' with { type: 'json' };

const secret = generateSecret();
const keys = { current: signingKey(secret), next: null };
const format = { userAgent: userAgent('1.0.0', 'win32') };
const { body, headers: contentHeaders } = webhook.shape({
  event: 'booking.created',
  timestamp: '2024-03-15T10:30:00Z',
  dataText: '{"booking_id":"bk_1"}',
  propertyId: 'prop_1',
});
const attempt: AttemptForRequest = {
  eventId: 'evt_01JD8VECTOR00000000000000' as EventId,
  event: 'booking.created',
  deliveryId: 'dlv_01JD8VECTOR00000000000000' as DeliveryId,
  kind: 'scheduled',
  ordinal: 3,
  at: utcMs(1_732_351_320_999),
  lateMs: 59_999,
  contentHeaders,
};
const sentValue = (flat: readonly string[], name: string) => {
  const at = flat.findIndex((each, index) => index % 2 === 0 && each === name);
  return at < 0 ? undefined : flat[at + 1];
};

describe('the body', () => {
  test('is byte for byte that of the contract’s vectors', () => {
    for (const vector of contract.vectors) {
      const { event, timestamp, data, property_id } = JSON.parse(vector.body);
      const dataText = vector.body.slice(vector.body.indexOf('"data":') + 7, vector.body.lastIndexOf(',"property_id"'));
      expect(JSON.parse(dataText)).toEqual(data);
      expect(bodyText({ event, timestamp, dataText, propertyId: property_id })).toBe(vector.body);
    }
  });

  test('keeps data as it came: order of integer-like keys, long digits, white space, escapes', () => {
    const dataText = '{ "10": 1, "2": 12345678901234567890.00,\n "x": "\\u00f1" , "x": 2 }';
    const text = bodyText({ event: 'order.created', timestamp: '2024-03-15T10:30:00Z', dataText, propertyId: 'p' });
    expect(text).toContain(`"data":${dataText},`);
  });

  test('has exactly four members whatever the property is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.dictionary(fc.string(), fc.jsonValue()), (propertyId, data) => {
        const text = bodyText({
          event: 'inventory.low',
          timestamp: '2024-03-15T10:30:00Z',
          dataText: JSON.stringify(data),
          propertyId,
        });
        const parsed = JSON.parse(text);
        expect(Object.keys(parsed)).toEqual(['event', 'timestamp', 'data', 'property_id']);
        expect(JSON.stringify(parsed.data)).toBe(JSON.stringify(JSON.parse(JSON.stringify(data))));
        expect(parsed.property_id).toBe(propertyId);
      }),
    );
  });
});

describe('the headers', () => {
  test('are those that a receiver relies on', () => {
    const flat = requestHeaders(format, attempt, keys, body, []);
    expect(sentValue(flat, 'Content-Type')).toBe('application/json');
    expect(sentValue(flat, 'X-RoostSync-Event')).toBe('booking.created');
    expect(sentValue(flat, 'X-RoostSync-Event-Id')).toBe(attempt.eventId);
    expect(sentValue(flat, 'X-RoostSync-Delivery')).toBe(attempt.deliveryId);
    expect(sentValue(flat, 'X-RoostSync-Attempt')).toBe('3');
    expect(sentValue(flat, 'X-RoostSync-Signature')).toBe(roostSyncSignature(keys.current, body));
    expect(sentValue(flat, 'webhook-id')).toBe(attempt.eventId);
    expect(sentValue(flat, 'webhook-timestamp')).toBe('1732351320');
    expect(sentValue(flat, 'X-RoostSync-Test')).toBeUndefined();
  });

  test('say how late an event is from a minute on, in whole seconds', () => {
    const saidOf = (lateMs: number) =>
      sentValue(requestHeaders(format, { ...attempt, lateMs }, keys, body, []), 'X-RoostSync-Late-Seconds');
    expect([-5, 0, 59_999, 60_000, 61_999].map(saidOf)).toEqual([undefined, undefined, undefined, '60', '61']);
    expect(saidOf(3 * 86_400_000)).toBe('259200');
  });

  test('of a test send say so and name no delivery', () => {
    const flat = requestHeaders(format, { ...attempt, kind: 'test', deliveryId: null }, keys, body, []);
    expect(sentValue(flat, 'X-RoostSync-Test')).toBe('true');
    expect(flat).not.toContain('X-RoostSync-Delivery');
  });

  test('take the endpoint’s own along, and its Accept instead of ours', () => {
    const custom = [
      { name: 'Authorization', value: 'Bearer abc' },
      { name: 'accept', value: 'application/json' },
    ];
    const flat = requestHeaders(format, attempt, keys, body, custom);
    expect(sentValue(flat, 'Authorization')).toBe('Bearer abc');
    expect(flat.filter((name) => name.toLowerCase() === 'accept')).toEqual(['accept']);
  });

  test.each(['win32', 'darwin', 'linux', 'freebsd'] as const)('the User-Agent on %s is no bot to isbot', (platform) => {
    const agent = userAgent('1.0.0', platform);
    expect(agent).toMatch(/^RoostRelay\/1\.0 \(.+\)$/);
    expect(isbot(agent)).toBe(false);
  });
});

describe('what an attempt may keep', () => {
  const custom = [
    { name: 'Authorization', value: 'Bearer very-secret-token' },
    { name: 'Cookie', value: 'session=very-secret-cookie' },
    { name: 'X-Api-Key', value: 'very-secret-key' },
    { name: 'Accept', value: 'very-secret-accept' },
  ];
  const sent = requestHeaders(format, attempt, keys, body, custom);

  test('is every header by name, our own with their values, no custom value at all', () => {
    const kept = storableRequestHeaders(sent, custom, 'hooks.example.com', body.length);
    expect(JSON.stringify(kept)).not.toContain('very-secret');
    expect(kept.filter(([, value]) => value === maskedValue).map(([name]) => name)).toEqual([
      'Authorization',
      'Cookie',
      'X-Api-Key',
      'Accept',
    ]);
    expect(kept).toContainEqual(['X-RoostSync-Signature', roostSyncSignature(keys.current, body)]);
    expect(kept).toContainEqual(['Content-Length', String(body.length)]);
  });

  test('never holds the secret, nor any value of any custom header', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,20}$/), {
          maxLength: 10,
          selector: (name) => name.toLowerCase(),
        }),
        (names) => {
          const headers = names
            .filter((name) => !isReservedHeader(name))
            .map((name, index) => ({ name, value: `planted-value-${index}` }));
          const flat = requestHeaders(format, attempt, keys, body, headers);
          const kept = JSON.stringify(storableRequestHeaders(flat, headers, 'h', body.length));
          expect(kept).not.toContain('planted-value');
          expect(kept).not.toContain(secret);
        },
      ),
    );
  });

  test.each(['?', '&', '=', '/', '//', '?a', '?a=', '<https://x/?', '//a'])(
    'of an answer, an address of 60 kB of %j is read once, not again from each sign',
    (sign) => {
      const before = process.cpuUsage();
      storableAnswerHeaders([['location', sign.repeat(60_000 / sign.length)]]);
      const { user, system } = process.cpuUsage(before);
      // In microseconds of this process's own time: a thousandth of it is enough, and ten times as much was taken.
      expect(user + system).toBeLessThan(1_000_000);
    },
  );

  test('of an answer, its cookies only as a mask', () => {
    expect(
      storableAnswerHeaders([
        ['set-cookie', 'session=1'],
        ['content-type', 'text/plain'],
      ]),
    ).toEqual([
      ['set-cookie', maskedValue],
      ['content-type', 'text/plain'],
    ]);
  });
});

describe('custom headers', () => {
  test('are taken with the white space around them removed', () => {
    expect(checkCustomHeaders([{ name: ' X-Api-Key ', value: ' abc def ' }])).toEqual([
      { name: 'X-Api-Key', value: 'abc def' },
    ]);
  });

  test.each([
    'Content-Type',
    'content-length',
    'HOST',
    'User-Agent',
    'X-RoostSync-Event',
    'x-roostsync-anything',
    'webhook-id',
    'Webhook-Signature',
    'Transfer-Encoding',
    'Connection',
    'Proxy-Authorization',
  ])('%s is reserved', (name) => {
    expect(() => checkCustomHeaders([{ name, value: 'x' }])).toThrow(`The header ${name} is set by Roost Relay itself`);
  });

  test.each([
    ['', 'headers[0].name'],
    ['X Api Key', 'headers[0].name'],
    ['X-Ké', 'headers[0].name'],
    ['X-Key:', 'headers[0].name'],
  ])('%j is no header name', (name, member) => {
    expect(() => checkCustomHeaders([{ name, value: 'x' }])).toThrow(expect.objectContaining({ member }));
  });

  test('a value with a line break is refused without being repeated', () => {
    try {
      checkCustomHeaders([{ name: 'X-Key', value: 'secret\r\nX-Injected: 1' }]);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(RelayError);
      expect(error).toMatchObject({ code: 'bad_input', member: 'headers[0].value' });
      expect(String(error)).not.toContain('Injected');
    }
  });

  test('the same name twice, in whatever case, is refused', () => {
    const twice = [
      { name: 'X-Key', value: '1' },
      { name: 'x-key', value: '2' },
    ];
    expect(() => checkCustomHeaders(twice)).toThrow(expect.objectContaining({ member: 'headers[1].name' }));
  });
});
