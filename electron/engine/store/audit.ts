/** Every act is recorded: who, when, what changed (principle 10). */
import type { Actor } from '../../../shared/domain.ts';
import type { Clock } from '../ports.ts';
import type { WriteHandle } from './connection.ts';

/** Returns what records an act; call it inside the transaction of the act itself. Never give it a secret. */
export function createAudit(writer: WriteHandle, clock: Clock) {
  const insert = writer.prepare(
    'INSERT INTO audit (at, account, surface, act, target, detail) VALUES (?, ?, ?, ?, ?, ?)',
  );
  return (actor: Actor, act: string, target: string | null, detail: object = {}): void => {
    insert.run(Math.round(clock.wallMs()), actor.account, actor.surface, act, target, JSON.stringify(detail));
  };
}
