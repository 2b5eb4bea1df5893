import { describe, expect, test } from 'vitest';
import { knownSecrets } from '../../electron/engine/sending/known-secrets.ts';
import { requestBytes } from '../../electron/engine/sending/request-bytes.ts';
import { signingKey } from '../../electron/engine/sending/signing.ts';

const secrets = knownSecrets({
  url: 'https://hooks.example.com/services/T0/PATH+key/with=signs?token=QUERY/token',
  custom: [
    { name: 'X-Key', value: 'HEADER value/1' },
    { name: 'Authorization', value: `Basic ${Buffer.from('relay:BASICpassword').toString('base64')}` },
  ],
  keys: { current: signingKey('SIGNING-secret-16'), next: null },
  proxy: 'http://relay:PROXY%2Fpass@proxy.hotel.example:3128',
});

describe('what is secret of an endpoint is taken out', () => {
  test.each([
    ['as it is', 'no HEADER value/1 here'],
    ['percent-encoded', 'HEADER%20value%2F1'],
    ['percent-encoded twice', 'HEADER%2520value%252F1'],
    ['of a form', 'HEADER+value%2f1'],
    ['with HTML’s entities', 'HEADER&#32;value&#x2F;1'],
    ['with JSON’s escapes', 'HEADER\\u0020value\\/1'],
    ['in another case', 'header VALUE/1'],
    ['of the path', 'POST /services/T0/PATH+key/with=signs failed'],
    ['of the query', 'token QUERY/token is not known'],
    ['of a segment, its signs and all', 'nothing at with=signs'],
    ['of Basic', 'BASICpassword'],
    ['the signing secret', 'SIGNING-secret-16'],
    ['the proxy’s password', 'PROXY/pass'],
  ])('%s: %s', (_how, text) => {
    expect(secrets.standIn(text)).toBe(true);
    expect(secrets.takenOutOf(text)).not.toMatch(/HEADER|PATH|with=|QUERY|BASIC|SIGNING|PROXY/i);
  });

  test.each(['HEADER val', 'at /services/T0/PATH', 'header value/'])(
    'where our own cut fell inside of it: %s',
    (text) => {
      expect(secrets.takenOffTheEndOf(text)).not.toMatch(/HEADER|PATH/i);
      expect(secrets.takenOffTheEndOf(`${text} and so on`)).toBe(`${text} and so on`);
    },
  );

  test('and words like any other stay', () => {
    expect(secrets.takenOutOf('the token has expired; see the docs')).toBe('the token has expired; see the docs');
  });
});

test.each([
  ['a value that ends its line', ['X-Key', 'a\r\nX-Roostsync-Event: none']],
  ['a bare line feed', ['X-Key', 'a\nb']],
  ['a null byte', ['X-Key', 'a\0b']],
  ['a name that ends its line', ['X-Key\r\nX', 'a']],
  ['a name with a colon', ['X-Key:', 'a']],
  ['an empty name', ['', 'a']],
  ['a character beyond Latin-1', ['X-Key', '\u010d\u010a']],
])('a header of %s is not sent', (_what, headers) => {
  expect(requestBytes('POST / HTTP/1.1\r\n', headers, Buffer.from('{}'))).toBeNull();
});
