/**
 * A secret is changed as a guided swap: the new one is added beside the old one and signs along; the receiver
 * takes it in; then it takes over, by hand or at the end of the overlap.
 */
import { RelayError } from '../../../shared/api.ts';
import { utcMs } from '../../../shared/domain.ts';
import { endpointName } from '../../../shared/endpoint-face.ts';
import { isSigned } from '../../../shared/endpoint-kinds/index.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { EngineHandlers } from '../context.ts';
import type { EndpointDesk } from './endpoint-desk.ts';
import { checkOwnSecret, generateSecret } from './secret.ts';

export interface Rotation {
  readonly handlers: Pick<EngineHandlers, 'endpoints.rotate' | 'endpoints.finishRotation' | 'endpoints.cancelRotation'>;
  /** Inside the sweep: overlaps that are over end with the new secret. */
  switchDue(): Promise<void>;
}

export function createRotation(desk: EndpointDesk): Rotation {
  const { context, secrets, endpoints, targets } = desk;
  const { time, commit, recordAct, changes } = context;
  const nextOf = (endpointNo: number) => secrets.of(endpointNo).find(({ role }) => role === 'next');

  return {
    handlers: {
      async 'endpoints.rotate'({ id, secret: own, overlapMs }, actor) {
        const row = desk.findPresent(id);
        if (!isSigned(row.kind)) {
          throw new RelayError('conflict', sentence('problem.not_signed', { name: endpointName(row) }));
        }
        if (nextOf(row.no))
          throw new RelayError('conflict', sentence('problem.rotation_runs', { name: endpointName(row) }));
        const secret = own === undefined ? generateSecret() : checkOwnSecret(own);
        const endpoint = await desk.act(actor, 'endpoints.rotate', row, { overlapMs }, () => {
          desk.putSecret(row, 'next', secret, utcMs(time.now() + overlapMs));
          if (overlapMs === 0) secrets.switchOver(row.no);
        });
        return { endpoint, secret };
      },

      async 'endpoints.finishRotation'({ id }, actor) {
        const row = desk.findPresent(id);
        if (!nextOf(row.no))
          throw new RelayError('conflict', sentence('problem.no_rotation', { name: endpointName(row) }));
        return desk.act(actor, 'endpoints.finishRotation', row, {}, () => secrets.switchOver(row.no));
      },

      async 'endpoints.cancelRotation'({ id }, actor) {
        const row = desk.findPresent(id);
        if (!nextOf(row.no))
          throw new RelayError('conflict', sentence('problem.no_rotation', { name: endpointName(row) }));
        return desk.act(actor, 'endpoints.cancelRotation', row, {}, () => secrets.drop(row.no, 'next'));
      },
    },

    async switchDue() {
      const now = time.now();
      const due = secrets.all().filter(({ role, switchAt }) => role === 'next' && switchAt !== null && switchAt <= now);
      for (const { endpointNo } of due) {
        const row = endpoints.byNo(endpointNo);
        if (!row || row.switch === 'removed') continue;
        await commit.transact(() => {
          secrets.switchOver(endpointNo);
          recordAct({ account: '', surface: 'engine' }, 'endpoints.finishRotation', row.id, { overlapEnded: true });
        });
        targets.reload(endpointNo);
        changes.touch('endpoints');
      }
    },
  };
}
