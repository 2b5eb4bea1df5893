import { expect, test } from 'vitest';
import { offerRestore } from '../../../electron/shell/restore-offer.ts';
import { RelayError } from '../../../shared/errors.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { createTestMishaps } from '../../support/ports.ts';

const running = { state: 'running', problem: null } as const;
const damaged = { state: 'stopped', problem: sentence('problem.store_damaged') } as const;

function offered(says: boolean) {
  const seen = { asked: 0, restarts: 0 };
  const offer = offerRestore({
    look: async () => {
      throw new RelayError('not_found', sentence('problem.no_such_file'));
    },
    confirm: async (said) => {
      expect(said).toEqual([sentence('problem.no_such_file')]);
      seen.asked += 1;
      return says;
    },
    restart: async () => {
      seen.restarts += 1;
    },
    own: createTestMishaps().own,
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { offer, seen, settled };
}

test('a start that failed on a damaged database is asked about once, and a yes restores at the next start', async () => {
  const { offer, seen, settled } = offered(true);
  offer.look(damaged);
  offer.look(damaged);
  await settled();
  expect(seen).toEqual({ asked: 1, restarts: 1 });
  expect([offer.take(), offer.take()]).toEqual([true, false]);
  offer.look(running);
  offer.look(damaged);
  await settled();
  expect(seen.asked).toBe(2);
});

test('a no restores nothing, and what no backup puts right is not asked about', async () => {
  const { offer, seen, settled } = offered(false);
  offer.look({ state: 'stopped', problem: sentence('problem.disk_full') });
  offer.look({ state: 'stopped', problem: null });
  await settled();
  expect(seen.asked).toBe(0);
  offer.look(damaged);
  await settled();
  expect([seen.asked, seen.restarts, offer.take()]).toEqual([1, 0, false]);
});
