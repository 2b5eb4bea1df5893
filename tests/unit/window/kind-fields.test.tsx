// @vitest-environment jsdom
/** What is wrong at a field of a kind is said by what is expected there and what was found, in the reader's language. */
import { screen } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { typedValue } from '../../../shared/endpoint-kinds/asked.ts';
import { endpointKindNames, kindNamed } from '../../../shared/endpoint-kinds/index.ts';
import { inputError } from '../../../shared/input.ts';
import { renderSentence } from '../../../shared/sentences/index.ts';
import { sourceKinds } from '../../../shared/source-kinds/index.ts';
import { leave, show } from './show.tsx';

afterEach(leave);

const isGeneral = /look right|as expected|inaasahan|mukhang mali/;
const bad = ['x', 'a b\nc', '<bad value> 2xx', '-1', '99999999', '{"a":{}}', 'é', 'x'.repeat(100_000)];

describe('no member of any kind is said to be wrong without what is expected', () => {
  const endpoints = endpointKindNames.map((name) => [name, kindNamed(name)] as const);
  const sources = Object.values(sourceKinds).map((kind) => [`source ${kind.name}`, kind] as const);
  test.each([...endpoints, ...sources])('%s', (_name, { config }) => {
    for (const [member, schema] of Object.entries(config.shape as ReturnType<typeof kindNamed>['config']['shape'])) {
      for (const value of bad.flatMap((text) => [text, typedValue(schema as never, text), [text], { text }])) {
        const { error } = config.partial().safeParse({ [member]: value });
        if (error === undefined) continue;
        const { says } = inputError('config', error);
        for (const language of ['en', 'fil'] as const)
          expect(renderSentence(says, language, { timeZone: 'UTC' })).not.toMatch(isGeneral);
      }
    }
  });
});

const fields: readonly (readonly [kind: string, member: string, typed: string, en: string, fil: string])[] = [
  ['mail', 'from', 'x', 'expected an address such as', 'dapat address gaya ng'],
  ['mail', 'to', 'nobody', 'expected an address such as', 'dapat address gaya ng'],
  ['mail', 'digestMinutes', 'zzz', 'expected a number', 'dapat numero'],
  ['telegram', 'chatId', 'abc def', 'expected the number of a chat', 'dapat numero ng chat'],
  ['custom', 'successStatuses', '2xx', 'expected a number', 'dapat numero'],
  ['custom', 'signatureHeader', '<bad value> 2xx', 'expected a header', 'dapat header'],
];

test.each(fields)('%s: %s says it at its field', async (kind, member, typed, en, fil) => {
  const { words } = kindNamed(kind as 'mail');
  for (const language of ['en', 'fil'] as const) {
    const named = (key: string | undefined) =>
      renderSentence({ key: key ?? '', params: {} }, language, { timeZone: 'UTC' });
    const { user } = show('/endpoints/new', undefined, language);
    await user.click(
      await screen.findByRole('button', { name: language === 'en' ? /What it is sent/ : /Ang ipinapadala roon/ }),
    );
    await user.click(await screen.findByRole('option', { name: named(words.name) }));
    const label = named(words.asks?.[member]);
    await user.click(await screen.findByRole('textbox', { name: label }));
    await user.paste(typed);
    await user.tab();
    const said = await screen.findByText((text) => text.startsWith(`${label}: ${language === 'en' ? en : fil}`));
    expect(said.textContent).toMatch(language === 'en' ? `, got "${typed}".` : `, hindi "${typed}".`);
    leave();
  }
});

test('a secret is not repeated', async () => {
  const { user } = show('/endpoints/new');
  await user.click(await screen.findByRole('button', { name: /What it is sent/ }));
  await user.click(await screen.findByRole('option', { name: /^Convoy/ }));
  await user.click(await screen.findByLabelText(/^Token/));
  await user.paste('se cret');
  await user.tab();
  expect((await screen.findByText(/expected a token/)).textContent).not.toContain('se cret');
});
