/**
 * Programs on this very PC over plain HTTP, as the settings allow them or not: once they do not any more, those endpoints
 * stop with what waits for them, and go on when it is allowed again. Nothing is lost, and a person's own pause stays.
 */
import type { Actor } from '../../../shared/domain.ts';
import type { EndpointRow } from '../store/endpoints.ts';
import type { EndpointDesk } from './endpoint-desk.ts';
import { isPlainRow } from './endpoint-view.ts';

const engine: Actor = { account: '', surface: 'engine' };

/** Why it was stopped, in the audit. */
const detail = { why: 'plain_http_off' };

/** Whether we stopped it: a person's pause has a name or an end, and a receiver that is gone said so. */
const isStoppedByUs = ({ switch: now, pausedBy, pausedUntil, lastOutcome }: EndpointRow): boolean =>
  now === 'paused' && pausedBy === null && pausedUntil === null && lastOutcome !== 'gone';

/** @returns what brings all endpoints in line with the settings; at the start, and after each change of them */
export function createPlainLoopback(desk: EndpointDesk): () => Promise<void> {
  const { endpoints } = desk;

  return async () => {
    const allowed = desk.mayBePlain();
    // One that points at the test bench sends to that.
    for (const row of endpoints.all().filter((one) => isPlainRow(one) && one.benchUrl === null)) {
      if (!allowed && row.switch === 'on') {
        await desk.act(engine, 'endpoints.pause', row, detail, () =>
          endpoints.change(row.no, { switch: 'paused', pausedUntil: null, pausedBy: null }),
        );
      } else if (allowed && isStoppedByUs(row)) {
        await desk.act(engine, 'endpoints.resume', row, detail, () => endpoints.change(row.no, { switch: 'on' }));
        desk.scheduler.refresh(row.no);
      }
    }
  };
}
