import { describe, expect, it } from 'vitest';
import { receiverWords } from '../../shared/receiver-words.ts';

describe('what a receiver said in its own words', () => {
  it.each<[string, string, string | null]>([
    ['a message', '{"message":"phone is required"}', 'phone is required'],
    ['an error object', '{"error":{"code":42,"message":"No such form"}}', 'No such form'],
    ['an error that is only a flag', '{"error":true,"message":"Wrong token"}', 'Wrong token'],
    ['an error text', '{"ok":false,"error":"channel_not_found"}', 'channel_not_found'],
    [
      'problem+json',
      '{"type":"about:blank","title":"Bad Request","detail":"total must be a number"}',
      'total must be a number',
    ],
    ['a list of errors', '{"errors":[{"detail":"guest_name is too long"}]}', 'guest_name is too long'],
    ['errors by member', '{"errors":{"phone":["can\'t be blank"]}}', "phone: can't be blank"],
    ['a text in JSON', '"no_service"', 'no_service'],
    ['a plain line', 'invalid_payload\nmore', 'invalid_payload'],
    ['a page', '<!doctype html><html><head><title>Sign in &amp; go on</title></head>', 'Sign in & go on'],
    [
      'a page of Apps Script',
      '<!DOCTYPE html><html><head><title>Error</title><style>.x{color:red}</style></head><body style="m:0"><div><img alt="Google Apps Script" src="x"></div><div style="width:600px">Script function not found: doPost</div></body></html>',
      'Script function not found: doPost',
    ],
    ['a page that says no more', '<html><head><title>Error</title></head><body></body></html>', 'Error'],
    ['SOAP', '<?xml version="1.0"?><Envelope><faultstring>No rights</faultstring></Envelope>', 'No rights'],
    ['JSON that was cut off', '{"message":"phone is required","trace":["at x', 'phone is required'],
    ['nothing', '  ', null],
    ['only a status', '{"status":422}', null],
    ['signs', '---- 12 ----', null],
  ])('%s', (_, body, said) => {
    expect(receiverWords(body, null)).toBe(said);
  });

  it('cannot trick a terminal or turn a line round, and is one short line', () => {
    expect(receiverWords('{"message":"\\u001b[31mred\\u001b[0m \\u202Etxt\\r\\nnext"}', null)).toBe('red txt');
    const long = receiverWords(JSON.stringify({ message: 'word '.repeat(500) }), null);
    expect([long?.length, long?.endsWith('…')]).toEqual([140, true]);
    // One word without an end would not even break at the end of a line.
    expect(receiverWords('x'.repeat(5000), 'text/plain')).toBe(`${'x'.repeat(47)}…`);
  });

  it('looks through a page made to be slow in no time', () => {
    const began = performance.now();
    receiverWords('<title'.repeat(11_000), 'text/html');
    receiverWords(`{"message":"${'\\"'.repeat(32_000)}`, 'application/json');
    expect(performance.now() - began).toBeLessThan(15_000);
  });
});
