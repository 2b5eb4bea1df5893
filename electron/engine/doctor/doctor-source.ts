/** How each source is, revoked ones too. */
import { keptWords, rejectedWords } from '../../../shared/conditions/intake.ts';
import { isHeldBack, isOutOfReach, stuckWords } from '../../../shared/conditions/source-away.ts';
import type { Source } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { type DoctorCheck, ok, problem, warning } from './doctor-check.ts';

/** How an event comes from a source of a kind, where none has come yet. */
function neverStep(kind: string) {
  switch (kind) {
    case 'folder':
      return 'doctor.source.never_step.folder' as const;
    case 'sql':
      return 'doctor.source.never_step.sql' as const;
    case 'fias':
      return 'doctor.source.never_step.fias' as const;
    default:
      return 'doctor.source.never_step' as const;
  }
}

/** Also of sources that were revoked: what is kept of them stays. */
export function checkKept(source: Source): DoctorCheck[] {
  const words = keptWords(source);
  if (words === null) return [];
  return [problem(sentence('doctor.source', { name: source.name }), [words.title, words.meaning], words.step)];
}

/** Files of a revoked source, of which nothing else is to be checked. */
export function checkLeftBehind(source: Source): DoctorCheck[] {
  const rejected = source.revokedAt === null ? null : rejectedWords(source);
  if (rejected === null) return [];
  const away = source.health.away === null ? [] : [source.health.away.says];
  const says = [rejected.title, rejected.meaning, ...away];
  return [problem(sentence('doctor.source', { name: source.name }), says, rejected.step)];
}

export function checkSource(source: Source): DoctorCheck {
  const { name, kind, lastEventAt, lastRefusal, quietSince, health } = source;
  const title = sentence('doctor.source', { name });
  if (health.away !== null) {
    const since = isHeldBack(health.away.says) ? 'doctor.source.held_since' : 'doctor.source.away_since';
    const says = [health.away.says, sentence(since, { sinceAt: health.away.since })];
    if (isHeldBack(health.away.says)) return problem(title, says, sentence('doctor.source.held_step'));
    const step = isOutOfReach(health.away.says) ? 'doctor.source.away_step' : 'doctor.source.away_said';
    return problem(title, says, sentence(step));
  }
  // Asked, it tells also what may be over in a moment.
  const stuck = stuckWords(source, Number.POSITIVE_INFINITY);
  if (stuck !== null) return problem(title, [stuck.title, stuck.meaning], stuck.step);
  const rejected = rejectedWords(source);
  if (rejected !== null) {
    const isTheOne = health.files?.rejected?.count === 1 && health.files.rejected.names[0] === lastRefusal?.file;
    const why = isTheOne && lastRefusal ? [lastRefusal.says] : [];
    return problem(title, [rejected.title, rejected.meaning, ...why], rejected.step);
  }
  // Of files it is told for as long as they lie there.
  if (lastRefusal !== null && lastRefusal.file === null && lastRefusal.at > (lastEventAt ?? 0)) {
    return problem(
      title,
      [sentence('doctor.source.refused'), lastRefusal.says],
      sentence('doctor.source.refused_step'),
    );
  }
  if (lastEventAt === null) return warning(title, sentence('doctor.source.never'), sentence(neverStep(kind)));
  if (quietSince !== null) {
    return warning(title, sentence('doctor.source.quiet'), sentence('doctor.source.quiet_step'));
  }
  return ok(title, sentence('doctor.source.ok', { lastAt: lastEventAt }));
}
