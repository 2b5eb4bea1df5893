/** What a receiver that answers oddly is told as, by every surface that the engine itself speaks through. */
import { expect, test } from 'vitest';
import { conditionsOf } from '../../shared/conditions/index.ts';
import type { Sentence } from '../../shared/domain.ts';
import { renderSentence } from '../../shared/sentences/index.ts';
import { startTestEngine } from '../support/engine.ts';
import { type OddReceiver, startZoo } from '../support/receiver-zoo.ts';
import { running } from '../unit/desktop/situations.ts';

const inWords = (said: Sentence | null | undefined) => (said ? renderSentence(said, 'en', { timeZone: 'UTC' }) : '');

const odd: readonly (OddReceiver & { readonly title: RegExp })[] = [
  {
    name: 'a body shorter than it says',
    steps: ['HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nok', 'pause', 'close'],
    title: /^The answers of .* break off before their end$/,
  },
  {
    name: 'a broken chunk',
    steps: ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nok\r\n0\r\n\r\n', 'pause', 'close'],
    title: /^The answers of .* make no sense$/,
  },
  { name: 'garbage', steps: ['what is this?\r\n\r\n', 'pause', 'close'], title: /make no sense$/ },
  { name: 'a radio station', steps: ['ICY 200 OK\r\n\r\n', 'pause', 'close'], title: /make no sense$/ },
  {
    name: 'a switch of protocols',
    steps: ['HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n', 'close'],
    title: /make no sense$/,
  },
  {
    name: 'a length below nothing',
    steps: ['HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nok', 'pause', 'close'],
    title: /make no sense$/,
  },
  { name: 'closing', steps: ['close'], title: /^.* closes the connection without an answer$/ },
];

test('card, doctor and last answer tell one story of each, and none says that it does not answer', async () => {
  await using zoo = await startZoo(odd);
  await using engine = await startTestEngine();
  for (const kind of odd) {
    const { endpoint } = await engine.call('endpoints.add', {
      confirmed: true,
      endpoint: { url: zoo.url(kind), events: ['booking.created'], description: kind.name, caPem: zoo.caPem },
    });
    await engine.call('endpoints.enable', { id: endpoint.id, override: true });
  }
  for (const n of [1, 2, 3]) await engine.post('booking.created', { booking_id: `bk_${n}` });
  const situation = await engine.until(
    () => engine.call('situation.get', {}),
    ({ endpoints }) => endpoints.every(({ trouble }) => trouble?.takesNothing),
  );
  const doctor = await engine.call('doctor.run', {});
  const cards = conditionsOf(situation, running);
  for (const { name, title } of odd) {
    const its = situation.endpoints.find((one) => one.name === name);
    const card = cards.find(({ about }) => about === its?.id);
    expect(inWords(card?.title)).toMatch(title);
    const found = doctor.find((check) => inWords(check.name).includes(name));
    const all = [card?.title, card?.meaning, card?.step, ...(card?.headline ?? []), ...(found?.says ?? [])];
    all.push(found?.nextStep, its?.lastAnswer?.sentence);
    const text = all.map(inWords).join('\n');
    expect(text, name).not.toMatch(/(?:does|do|did) not answer|switched on|\(200\)|answer 200/);
    expect(inWords(found?.nextStep)).toBe(inWords(card?.step));
    expect(inWords(card?.step)).toMatch(/^Call those who run /);
  }
});
