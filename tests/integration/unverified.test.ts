/** The signing secret is offered only where somebody can verify a signature with it. */
import { expect, it } from 'vitest';
import { relayInProcess } from '../support/command-line.ts';
import { startTestEngine } from '../support/engine.ts';

it.each([
  ['https://hooks.slack.com/services/T0/B0/x1y2z3', 'Nobody verifies a signature there', []],
  ['https://script.google.com/macros/s/AKfy/exec', 'keep its address to yourself', []],
  ['https://engine.example/api/v1/publish', 'its token says who sends', ['--set', 'token=key_1']],
  ['https://example.com/hook', null, []],
])('at %s', async (url, says, set) => {
  await using test = await startTestEngine();
  const { code, out } = await relayInProcess(test.dataFolder, ['endpoint', 'add', '--url', url, ...set]);
  expect(code).toBe(0);
  expect(/^Secret +whsec_/m.test(out)).toBe(says === null);
  if (says !== null) expect(out.replaceAll(/\s+/g, ' ')).toContain(says);
});
