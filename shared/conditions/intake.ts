/** Conditions of what comes in and of the whole relay: a quiet source, and everything paused by a person. */
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
