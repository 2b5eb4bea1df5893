/**
 * What a run has to account for: what the engine acknowledged, and what the receiver got. Nothing here knows
 * how either came about.
 */

export interface Verdict {
  readonly acknowledged: number;
  /** Of the acknowledged events, those that arrived at least once. */
  readonly delivered: number;
  readonly lost: number;
  /** Requests beyond the first for the same event id. */
  readonly duplicated: number;
  /** What must never happen, in words; empty where all is well. */
  readonly faults: readonly string[];
}

export interface Ledger {
  /** The PMS was told that its event `pmsId` is safe, under this event id. */
  acknowledged(pmsId: string, eventId: string): void;
  /** A request came. `entity` and `step` say which event of which booking it carries. */
  arrived(arrival: Arrival): void;
  /** Acknowledged events that have not arrived yet. */
  outstanding(): number;
  verdict(): Verdict;
}

export interface Arrival {
  readonly pmsId: string;
  readonly eventId: string;
  readonly entity: string;
  readonly step: number;
  readonly signed: boolean;
}

export function createLedger(): Ledger {
  const acknowledgedAs = new Map<string, string>();
  const arrivedAs = new Map<string, string>();
  const requests = new Map<string, number>();
  const latestStep = new Map<string, number>();
  const faults: string[] = [];
  let outstanding = 0;

  return {
    acknowledged(pmsId, eventId) {
      const before = acknowledgedAs.get(pmsId);
      if (before !== undefined && before !== eventId) {
        faults.push(`${pmsId} was acknowledged as ${before} and again as ${eventId}`);
      }
      if (before === undefined && !arrivedAs.has(pmsId)) outstanding += 1;
      acknowledgedAs.set(pmsId, eventId);
    },
    arrived({ pmsId, eventId, entity, step, signed }) {
      if (!signed) faults.push(`${pmsId} came with a wrong signature`);
      requests.set(eventId, (requests.get(eventId) ?? 0) + 1);
      const before = arrivedAs.get(pmsId);
      if (before !== undefined) {
        if (before !== eventId) faults.push(`${pmsId} came as ${before} and again as ${eventId}`);
        return;
      }
      arrivedAs.set(pmsId, eventId);
      if (acknowledgedAs.has(pmsId)) outstanding -= 1;
      const latest = latestStep.get(entity) ?? -1;
      if (step < latest) faults.push(`${pmsId} (step ${step} of ${entity}) came after step ${latest}`);
      latestStep.set(entity, Math.max(latest, step));
    },
    outstanding: () => outstanding,
    verdict() {
      const told = [...faults];
      let delivered = 0;
      for (const [pmsId, eventId] of acknowledgedAs) {
        const came = arrivedAs.get(pmsId);
        if (came === undefined) continue;
        delivered += 1;
        if (came !== eventId) told.push(`${pmsId} was acknowledged as ${eventId} and came as ${came}`);
      }
      const total = [...requests.values()].reduce((sum, count) => sum + count, 0);
      return {
        acknowledged: acknowledgedAs.size,
        delivered,
        lost: acknowledgedAs.size - delivered,
        duplicated: total - requests.size,
        faults: told,
      };
    },
  };
}
