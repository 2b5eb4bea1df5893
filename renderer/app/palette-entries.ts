/** What the palette offers: pages, endpoints by name, searches with the letters typed so far, and acts. */
import {
  BookOpen,
  CirclePause,
  CirclePlay,
  Lock,
  type LucideIcon,
  Moon,
  RotateCw,
  Search,
  Sun,
  SunMoon,
  Webhook,
} from 'lucide-react';
import type { Situation } from '../../shared/schemas.ts';
import { useWords } from '../i18n/index.ts';
import { useRelayMutation, useRelayQuery } from '../lib/queries.ts';
import { notify } from '../lib/toasts.ts';
import { sayTried } from '../lib/tried.ts';
import { pages } from './pages.ts';

export interface PaletteEntry {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly hint?: string;
  /** A path of the window, or what it does. */
  readonly to?: string;
  readonly act?: () => void;
  /** Shown whatever was typed: its label holds the letters themselves. */
  readonly always?: boolean;
}

export interface PaletteGroup {
  readonly id: string;
  readonly label: string;
  readonly entries: readonly PaletteEntry[];
}

/** How long "pause" in the palette lasts, in milliseconds. */
const pauseForMs = 3_600_000;

export function usePaletteEntries(situation: Situation, text: string): readonly PaletteGroup[] {
  const t = useWords('common');
  const failed = { onError: (problem: Error) => notify({ text: problem.message, tone: 'bad' }) };
  const tryNow = useRelayMutation('endpoints.tryNow', { ...failed, onSuccess: sayTried });
  const resume = useRelayMutation('relay.resume', {
    ...failed,
    onSuccess: () => notify({ text: t('palette.resumed') }),
  });
  const pause = useRelayMutation('relay.pause', {
    ...failed,
    onSuccess: () => notify({ text: t('palette.paused'), tone: 'still', undo: () => resume.mutate({}) }),
  });
  const hasPin = useRelayQuery('lock.get', {}).data?.pin === true;
  const lock = useRelayMutation('lock.screen', failed);
  const theme = useRelayMutation('preferences.change', failed);

  const searches: PaletteEntry[] =
    text === ''
      ? []
      : [
          {
            id: 'search-deliveries',
            label: t('palette.searchDeliveries', { text }),
            icon: Search,
            to: `/deliveries?text=${encodeURIComponent(text)}`,
            always: true,
          },
          {
            id: 'search-story',
            label: t('palette.searchStory', { text }),
            icon: BookOpen,
            to: `/events/story?about=${encodeURIComponent(text)}`,
            always: true,
          },
        ];
  return [
    {
      id: 'pages',
      label: t('palette.pages'),
      entries: pages.map(({ area, path, icon }) => ({ id: `page-${area}`, label: t(`nav.${area}`), icon, to: path })),
    },
    {
      id: 'endpoints',
      label: t('palette.endpoints'),
      entries: situation.endpoints.map(({ id, name, state }) => ({
        id: `endpoint-${id}`,
        label: name,
        hint: t(`endpoint.${state}`),
        icon: Webhook,
        to: `/endpoints/${id}`,
      })),
    },
    {
      id: 'acts',
      label: t('palette.acts'),
      entries: [
        ...situation.endpoints
          .filter(({ waiting, switch: switchedTo }) => waiting > 0 && switchedTo === 'on')
          .map(({ id, name }) => ({
            id: `try-${id}`,
            label: t('palette.tryNow', { name }),
            icon: RotateCw,
            act: () => tryNow.mutate({ id }),
          })),
        situation.pausedUntil === null
          ? {
              id: 'pause',
              label: t('palette.pause'),
              icon: CirclePause,
              act: () => pause.mutate({ forMs: pauseForMs }),
            }
          : { id: 'resume', label: t('palette.resume'), icon: CirclePlay, act: () => resume.mutate({}) },
        ...(hasPin ? [{ id: 'lock', label: t('palette.lock'), icon: Lock, act: () => lock.mutate({}) }] : []),
        ...(
          [
            ['light', Sun],
            ['dark', Moon],
            ['system', SunMoon],
          ] as const
        ).map(([name, icon]) => ({
          id: `theme-${name}`,
          label: t(`palette.theme.${name}`),
          icon,
          act: () => theme.mutate({ change: { theme: name } }),
        })),
      ],
    },
    { id: 'search', label: t('palette.search'), entries: searches },
  ];
}
