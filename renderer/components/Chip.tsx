import type { LucideIcon } from 'lucide-react';
import {
  Ban,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  Clock,
  CloudOff,
  FlaskConical,
  Hourglass,
  Info,
  Moon,
  PencilLine,
  Send,
  Snail,
  TriangleAlert,
  Undo2,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { deliveryTone, type Tone } from '../../shared/domain.ts';
import { type EndpointFace, faceTone } from '../../shared/endpoint-face.ts';
import { type DeliveryFace, deliveryFace, type FacingDelivery } from '../../shared/told.ts';
import { useWords } from '../i18n/index.ts';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';

/** What a tone looks like where no state is meant. */
export const toneIcons: Record<Tone, LucideIcon> = {
  fine: CircleCheck,
  wait: Clock,
  bad: CircleX,
  away: CloudOff,
  still: Info,
};

/** A state is told by its icon alone, too: no two of an endpoint's share one. */
export const endpointIcons: Record<EndpointFace, LucideIcon> = {
  draft: PencilLine,
  active: CircleCheck,
  degraded: CircleDashed,
  failing: CircleX,
  paused: CirclePause,
  takes_nothing: TriangleAlert,
  slow_down: Snail,
  test_bench: FlaskConical,
};

/** What goes to the test bench: in a delivery's chip, an endpoint's, and the log's filter. */
export const benchIcon: LucideIcon = FlaskConical;

/** No two of a delivery's share one either. */
export const deliveryIcons: Record<DeliveryFace, LucideIcon> = {
  waiting: Clock,
  sending: Send,
  delivered: CircleCheck,
  needs_attention: CircleX,
  cancelled: Ban,
  to_bench: benchIcon,
  too_old: Hourglass,
  held_back: Undo2,
};

export const deliveryFaceTone: Record<DeliveryFace, Tone> = {
  ...deliveryTone,
  too_old: 'bad',
  to_bench: 'wait',
  held_back: 'still',
};

/** A source that is quieter than usual: the same sign in its chip and on its card. */
export const quietIcon: LucideIcon = Moon;

const toneDots: Record<Tone, string> = {
  fine: 'bg-fine',
  wait: 'bg-wait',
  bad: 'bg-bad',
  away: 'bg-away',
  still: 'bg-still',
};

/** A tone as a dot, where words beside it say the same. */
export const ToneDot = ({ tone }: { tone: Tone }) => (
  <span className={classes('size-2.5 shrink-0 rounded-full forced-color-adjust-none', toneDots[tone])} />
);

export const toneText: Record<Tone, string> = {
  fine: 'text-fine',
  wait: 'text-wait',
  bad: 'text-bad',
  away: 'text-away',
  still: 'text-still',
};

export const toneWash: Record<Tone, string> = {
  fine: 'bg-fine-wash',
  wait: 'bg-wait-wash',
  bad: 'bg-bad-wash',
  away: 'bg-away-wash',
  still: 'bg-still-wash',
};

export interface ChipProps {
  readonly tone: Tone;
  readonly icon?: LucideIcon;
  readonly children: ReactNode;
}

/** A state: always a word, an icon and a colour. */
export function Chip({ tone, icon, children }: ChipProps) {
  return (
    <span
      className={classes(
        'inline-flex max-w-full items-center gap-1.5 rounded-full py-0.5 pr-2.5 pl-2 font-semibold text-xs forced-colors:border',
        toneText[tone],
        toneWash[tone],
      )}
    >
      <Icon of={icon ?? toneIcons[tone]} size={14} />
      <span className="truncate">{children}</span>
    </span>
  );
}

/** An endpoint's state, or the trouble that says more than its state. */
export function EndpointChip({ state }: { state: EndpointFace }) {
  const t = useWords('common');
  return (
    <Chip tone={faceTone[state]} icon={endpointIcons[state]}>
      {t(`endpoint.${state}`)}
    </Chip>
  );
}

export interface DeliveryChipProps {
  readonly row: FacingDelivery;
  /** It waits for somebody's word (a paused endpoint), not for time. */
  readonly held?: boolean;
}

/** A delivery's state, or what says more than its state. */
export function DeliveryChip({ row, held = false }: DeliveryChipProps) {
  const t = useWords('common');
  const face = deliveryFace(row);
  const still = held && face === 'waiting';
  return (
    <Chip tone={still ? 'still' : deliveryFaceTone[face]} icon={still ? CirclePause : deliveryIcons[face]}>
      {t(`delivery.${face}`)}
    </Chip>
  );
}
