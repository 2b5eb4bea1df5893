/** What is pasted into a PMS is what the intake takes. */
import { expect, test } from 'vitest';
import {
  curlSnippet,
  erpnextData,
  odooSnippet,
  powershellSnippet,
} from '../../../renderer/features/sources/snippets.ts';
import { isEventType } from '../../../shared/events.ts';

const facts = { url: 'http://127.0.0.1:4780/v1/events', token: 'tok_1', secretUrl: 'http://127.0.0.1:4780/v1/in/s3' };

test.each([
  ['curl', curlSnippet(facts), /-d '(\{.*\})'$/s],
  ['PowerShell', powershellSnippet(facts), /-Body '(\{.*\})'$/s],
])('%s posts an event of the catalogue with its token', (_name, snippet, body) => {
  const sent = JSON.parse(body.exec(snippet)?.[1] ?? 'null') as { event: string; data: object };
  expect(Object.keys(sent)).toEqual(['event', 'data']);
  expect(isEventType(sent.event)).toBe(true);
  expect(snippet).toContain('Bearer tok_1');
  expect(snippet).toContain(facts.url);
});

test('ERPNext’s template is JSON once its fields are filled in', () => {
  const filled = JSON.parse(erpnextData.replaceAll(/\{\{.*?\}\}/g, '"x"')) as { event: string };
  expect(Object.keys(filled)).toEqual(['event', 'id', 'data']);
  expect(isEventType(filled.event)).toBe(true);
});

test('Odoo posts to the secret address, which needs no header', () => {
  expect(odooSnippet(facts)).toContain(facts.secretUrl);
  expect(odooSnippet(facts)).not.toContain('tok_1');
});
