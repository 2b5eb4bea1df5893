// @vitest-environment jsdom
/** What is wrong at a field of a kind is said by what is expected there and what was found, in the reader's language. */
import { screen } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { typedValue } from '../../../shared/endpoint-kinds/asked.ts';
import { endpointKindNames, kindNamed } from '../../../shared/endpoint-kinds/index.ts';
import { inputError } from '../../../shared/input.ts';
import { renderSentence } from '../../../shared/sentences/index.ts';
import { sourceKinds } from '../../../shared/source-kinds/index.ts';
import { createDouble } from '../../ui/support/double.ts';
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
  ['custom', 'successStatuses', '410', 'expected statuses that say', 'dapat mga status'],
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

test.each([
  ['host', 'oh no', 'expected a name or an address in the network'],
  ['port', '80x', 'expected a number'],
  ['interfaceType', 'ABC', 'expected two capital letters'],
])('what the engine refuses of a source is said with what was found: %s', async (member, found, expected) => {
  const double = createDouble();
  double.answer('sources.add', ({ config }) => {
    const { error } = z.object({ config: sourceKinds.fias.config }).safeParse({ config });
    throw inputError('sources.add', error as z.ZodError);
  });
  const { user } = show('/sources/new', double);
  await user.click(await screen.findByRole('button', { name: /^(?!.*Way).*System/ }));
  await user.click(await screen.findByRole('option', { name: /FIAS/ }));
  const fields = { host: 'Address of the interface', port: 'Port', interfaceType: 'Type, two letters' };
  for (const [name, label] of Object.entries(fields)) {
    const field = await screen.findByRole('textbox', { name: label });
    await user.clear(field);
    await user.type(
      field,
      name === member ? found : ({ host: 'opera', port: '5010', interfaceType: 'XX' }[name] ?? ''),
    );
  }
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Locks');
  await user.click(screen.getByRole('button', { name: /^Create/ }));
  const said = await screen.findByText((text) => text.includes(expected));
  expect(said.textContent).toContain(`, got "${found}".`);
});
