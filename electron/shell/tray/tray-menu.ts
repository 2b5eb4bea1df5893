/** The tray's menu as values: the facts of its icon in words, then what can be done. Pure. */
import { type Condition, troublesOf } from '../../../shared/conditions/index.ts';
import type { Sentence } from '../../../shared/domain.ts';
import { headlineOf, waitingSentence } from '../../../shared/headline.ts';
import type { Situation } from '../../../shared/schemas.ts';
import type { Values } from '../../../shared/sentences/sentence.ts';

export type TrayCommand = 'open' | 'pause_for_an_hour' | 'resume' | 'quit';

export type TrayEntry =
  | { readonly kind: 'fact'; readonly text: Sentence; readonly path: string | null }
  | { readonly kind: 'command'; readonly text: Sentence; readonly command: TrayCommand; readonly enabled: boolean }
  | { readonly kind: 'separator' };

const say = <Part extends string>(part: Part, ...[params]: Values<`tray.${Part}`>): Sentence => ({
  key: `tray.${part}`,
  params: params ?? {},
});
const fact = (text: Sentence, path: string | null = null): TrayEntry => ({ kind: 'fact', text, path });
const command = (name: TrayCommand, text: Sentence, enabled = true): TrayEntry => ({
  kind: 'command',
  text,
  command: name,
  enabled,
});

/** How many conditions a menu names before it says "and more". */
const namedConditions = 6;

/** @param situation null before the engine has answered: then only its own condition and Open, Quit */
export function trayMenu(conditions: readonly Condition[], situation: Situation | null): readonly TrayEntry[] {
  const troubles = troublesOf(conditions);
  const facts: TrayEntry[] = [];
  if (situation === null) facts.push(...troubles.map(({ title, path }) => fact(title, path)));
  if (situation !== null) {
    const lastEvent = situation.lastEventAt;
    facts.push(
      ...(troubles.length === 0 ? headlineOf(situation, conditions).says.map((text) => fact(text, '/')) : []),
      ...troubles.slice(0, namedConditions).map(({ title, path }) => fact(title, path)),
      ...(troubles.length > namedConditions
        ? [fact(say('more', { count: troubles.length - namedConditions }), '/')]
        : []),
      fact(waitingSentence(situation), '/deliveries?state=waiting'),
      fact(lastEvent === null ? say('no_event_yet') : say('last_event', { lastAt: lastEvent }), '/events'),
    );
  }
  const paused = situation !== null && situation.pausedUntil !== null && situation.pausedUntil > situation.now;
  return [
    ...facts,
    { kind: 'separator' },
    command('open', say('open')),
    paused ? command('resume', say('resume')) : command('pause_for_an_hour', say('pause'), situation !== null),
    { kind: 'separator' },
    command('quit', say('quit')),
  ];
}
