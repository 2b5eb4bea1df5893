/** An engine that is told what a real program answers on this very PC, and what it then says of it. */
import { conditionsOf } from '../../shared/conditions/index.ts';
import type { EndpointId, Sentence } from '../../shared/domain.ts';
import type { EventType } from '../../shared/events.ts';
import { renderSentence } from '../../shared/sentences/index.ts';
import { deliveryOf, posted } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { running } from '../unit/desktop/situations.ts';

export interface Told extends AsyncDisposable {
  readonly engine: TestEngine;
  /** Adds an endpoint and switches it on. */
  add(url: string, more?: object): Promise<{ readonly id: EndpointId; readonly secret: string }>;
  /** What a test send comes to: its status, what it is taken for, and the words of it. */
  tried(id: EndpointId): Promise<string>;
  /** Posts events one after the other, until each had an attempt. @returns what each came to */
  sent(id: EndpointId, events: readonly object[], type?: EventType): Promise<readonly string[]>;
  /** The card that a manager reads of it: whose turn, title and next step; null where there is none. */
  card(id: EndpointId): Promise<{ readonly turn: string; readonly title: string; readonly step: string } | null>;
}

const inWords = (said: Sentence | null | undefined) => (said ? renderSentence(said, 'en', { timeZone: 'UTC' }) : '');

export async function startTold(): Promise<Told> {
  const engine = await startTestEngine();
  await engine.call('settings.change', { change: { plainLoopback: true } });
  return {
    engine,
    async add(url, more = {}) {
      const { endpoint, secret } = await engine.call('endpoints.add', {
        confirmed: true,
        endpoint: { url, events: ['booking.created', 'order.created'], description: 'Books', ...more },
      });
      await engine.call('endpoints.enable', { id: endpoint.id, override: true });
      return { id: endpoint.id, secret };
    },
    async tried(id) {
      const { attempt } = await engine.call('endpoints.test', { id });
      return `${attempt.status} ${attempt.outcome}: ${inWords(attempt.sentence)}`;
    },
    async sent(id, events, type = 'booking.created') {
      const said: string[] = [];
      for (const data of events) {
        const event = await posted(engine, type, data);
        const had = await deliveryOf(engine, event, ({ attempts, state }) => attempts > 0 && state !== 'sending', id);
        const [last] = had.attemptsMade.slice(-1);
        said.push(`${had.status} ${last?.outcome}${last?.counts ? ', counts' : ''}: ${inWords(had.sentence)}`);
      }
      return said;
    },
    async card(id) {
      const situation = await engine.call('situation.get', {});
      const found = conditionsOf(situation, running).find(({ about }) => about === id);
      return found ? { turn: found.turn, title: inWords(found.title), step: inWords(found.step) } : null;
    },
    [Symbol.asyncDispose]: () => engine.stop(),
  };
}
