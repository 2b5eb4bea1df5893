/** Conditions of what comes in and of the whole relay: a quiet source, and everything paused by a person. */
import type { Source } from '../schemas.ts';
import type { ConditionProvider } from './condition.ts';
import { incident, label, say, sayCount } from './wording.ts';

export const sourceQuiet: ConditionProvider = {
  kind: 'source_quiet',
  present: ({ sources }) =>
    sources.flatMap(({ id, name, quietSince, lastEventAt, usualByNow, revokedAt }) =>
      quietSince === null || revokedAt !== null
        ? []
        : [
            {
              id: incident('source_quiet', id, quietSince),
              kind: 'source_quiet',
              tone: 'wait' as const,
              since: quietSince,
              title: say('source_quiet', 'title', { name }),
              meaning:
                lastEventAt === null
                  ? say('source_quiet', 'meaning.never', { name })
                  : say('source_quiet', usualByNow === null ? 'meaning.last' : 'meaning.usual', {
                      name,
                      lastAt: lastEventAt,
                      usual: Math.round(usualByNow ?? 0),
                    }),
              step: say('source_quiet', 'step', { name }),
              turn: 'manager' as const,
              actions: [{ label: label('open_source'), does: { go: `/sources/${id}` } }],
              path: `/sources/${id}`,
              toasts: true,
              about: id,
            },
          ],
    ),
  over: (was) => say('source_quiet', 'over', { name: was.title.params.name ?? '' }),
};

/** What is said of messages that a source sent and nobody could make an event of; null where there are none. */
export function keptWords({ name, kept, draft, revokedAt }: Pick<Source, 'name' | 'kept' | 'draft' | 'revokedAt'>) {
  // What comes while a source is being set up is kept on purpose.
  if (kept === 0 || (draft && revokedAt === null)) return null;
  return {
    title: sayCount('messages_kept', 'title', kept, { name }),
    meaning: say('messages_kept', 'meaning', { name }),
    step: say('messages_kept', revokedAt === null ? 'step' : 'step.revoked', { name }),
  };
}

/** What a source sent and nobody could make an event of: it is kept, and a helper mends its shape, also once it is revoked. */
export const messagesKept: ConditionProvider = {
  kind: 'messages_kept',
  present: ({ sources }) =>
    sources.flatMap((source) => {
      const words = keptWords(source);
      if (words === null) return [];
      const { id, kept } = source;
      return [
        {
          id: incident('messages_kept', id),
          kind: 'messages_kept',
          tone: 'bad' as const,
          since: null,
          ...words,
          turn: 'it_helper' as const,
          actions: [{ label: label('open_source'), does: { go: `/sources/${id}` } }],
          path: `/sources/${id}`,
          toasts: true,
          about: id,
          amount: kept,
        },
      ];
    }),
  over: (was) => say('messages_kept', 'over', { name: was.title.params.name ?? '' }),
};

type Rejecting = Pick<Source, 'name' | 'revokedAt'> & { readonly health: Pick<Source['health'], 'files' | 'away'> };

const awayStep = 'step.revoked_away';

/** What is said of files that a source could not read; null where none lies there. */
export function rejectedWords({ name, revokedAt, health }: Rejecting) {
  const rejected = health.files?.rejected ?? null;
  if (rejected === null) return null;
  const { count, names } = rejected;
  const files = names.join(', ');
  const more = count - names.length;
  return {
    title: sayCount('files_rejected', 'title', count, { name }),
    meaning:
      more > 0 ? say('files_rejected', 'meaning.more', { files, more }) : say('files_rejected', 'meaning', { files }),
    step: say('files_rejected', revokedAt === null ? 'step' : health.away === null ? 'step.revoked' : awayStep, {
      name,
    }),
  };
}

/** Files that a source could not read: nothing in them reached anybody, and nobody else will say so. */
export const filesRejected: ConditionProvider = {
  kind: 'files_rejected',
  present: ({ sources }) =>
    sources.flatMap((source) => {
      const words = rejectedWords(source);
      const rejected = source.health.files?.rejected;
      if (words === null || !rejected) return [];
      const { id } = source;
      return [
        {
          id: incident('files_rejected', id),
          kind: 'files_rejected',
          tone: 'bad' as const,
          since: rejected.since,
          ...words,
          turn: 'it_helper' as const,
          actions: [{ label: label('open_source'), does: { go: `/sources/${id}` } }],
          path: `/sources/${id}`,
          toasts: true,
          about: id,
          amount: rejected.count,
        },
      ];
    }),
  over: (was) => say('files_rejected', 'over', { name: was.title.params.name ?? '' }),
};

export const allPaused: ConditionProvider = {
  kind: 'all_paused',
  present: ({ pausedUntil, waitingEvents, now }) =>
    pausedUntil === null || pausedUntil <= now
      ? []
      : [
          {
            id: incident('all_paused', pausedUntil),
            kind: 'all_paused',
            tone: 'still',
            since: null,
            title: say('all_paused', 'title', { untilAt: pausedUntil }),
            meaning: sayCount('all_paused', 'meaning', waitingEvents.events),
            step: null,
            headline: [
              say('all_paused', 'headline', { untilAt: pausedUntil }),
              sayCount('all_paused', 'meaning', waitingEvents.events),
            ],
            turn: 'nobody',
            actions: [{ label: label('resume_all'), does: { resumeAll: true } }],
            path: '/',
            toasts: false,
            about: null,
          },
        ],
};
