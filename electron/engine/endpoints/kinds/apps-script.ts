/**
 * Google Apps Script answers a POST, once `doPost` has run, with a redirect to a one-time address that only a GET may ask
 * (https://developers.google.com/apps-script/guides/content#redirects). Whatever is said there: what the script did is done.
 */
import { sentence } from '../../../../shared/sentences/sentence.ts';
import { counted, type Judgement, uncounted } from '../../evidence/judgement.ts';
import type { Answer, Receiver, SharedBodies } from './kind.ts';
import { isNoPage, notItsAnswer, textOf } from './proof.ts';
import { echoOf, redirectOf } from './script-echo.ts';
import { webhook } from './webhook.ts';

export const appsScript: SharedBodies = { ...webhook, follows: echoOf, judge: judged };

function judged(answer: Answer, at: Receiver): Judgement | null {
  const { name } = at;
  const { status, headers, followed = false } = answer;
  const isSuccess = status >= 200 && status <= 299;
  if (followed && !isSuccess) return unconfirmed(name);
  if (status === 302 && redirectOf(headers)?.hostname === 'accounts.google.com') {
    return counted('setup', sentence('outcome.script_for_few', { name }));
  }
  if (!isSuccess) return null;
  if (isErrorPage(textOf(answer))) return counted('endpoint_down', sentence('outcome.script_failed', { name }));
  // What a script answers comes over the redirect; a page in its place is not its own.
  return followed || isNoPage(answer) ? null : notItsAnswer(answer, at);
}

/** It ran, and is not run again for want of a word. */
export const unconfirmed = (name: string): Judgement =>
  uncounted('delivered', sentence('outcome.script_unconfirmed', { name }));

/** A script cannot answer with a status: what it did not catch is a page of Google's, with 200. */
const isErrorPage = (text: string): boolean =>
  /<title>\s*Error\s*<\/title>/i.test(text) && /Google Apps Script|\(line \d+, file "/.test(text);
