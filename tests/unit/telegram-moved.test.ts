import { expect, test } from 'vitest';
import type { KindSetUp } from '../../electron/engine/endpoints/kinds/kind.ts';
import { telegram } from '../../electron/engine/endpoints/kinds/telegram.ts';
import { usualOptions } from '../../shared/endpoint-kinds/options.ts';
import { remedyOf, stepOf } from '../../shared/remedies.ts';
import { inEnglish } from '../../shared/sentences/in-english.ts';

const setUp = { kind: 'telegram', options: usualOptions, config: {}, secrets: [] } as KindSetUp;

test('a group that became a supergroup has another number, which is told', () => {
  const said = {
    ...{ ok: false, error_code: 400, description: 'Bad Request: group chat was upgraded to a supergroup chat' },
    parameters: { migrate_to_chat_id: -1001234567890 },
  };
  const judge = (body: object) =>
    telegram.judge({ status: 400, headers: [], body: Buffer.from(JSON.stringify(body)) }, { name: 'Chat', setUp });
  const verdict = judge(said);
  expect(verdict).toMatchObject({ class: 'setup', sentence: { key: 'outcome.chat_moved' } });
  expect(verdict && inEnglish(verdict.sentence)).toContain('its number is -1001234567890 now');
  const remedy = remedyOf({ says: verdict?.sentence ?? null, status: 400, local: false, lasting: false });
  expect(remedy).toMatchObject({ name: 'chat_moved', turn: 'it_helper', act: 'change_set_up' });
  const facts = { id: 'ep_1', name: 'Chat', sinceAt: 0, status: 400 };
  const step = stepOf(remedy, facts);
  expect(step && inEnglish(step)).toBe(
    'Enter -1001234567890 as the number of the chat of Chat, in its set-up here (roost-relay endpoint change ep_1 --set chatId=-1001234567890).',
  );
  expect(judge({ ...said, parameters: { migrate_to_chat_id: 'x' } })?.sentence.key).toBe('outcome.chat_unknown');
});
