/** Conditions as cards, most urgent first; and as the groups of Today: for whom each of them is. */
import { CircleCheck, type LucideIcon, User, Wrench } from 'lucide-react';
import { Fragment, type ReactNode, useId } from 'react';
import type { Condition, ConditionAction } from '../../../shared/conditions/index.ts';
import type { Turn } from '../../../shared/remedies.ts';
import { BrowserLink, Button, type ButtonKind, ButtonLink } from '../../components/Button.tsx';
import { quietIcon } from '../../components/Chip.tsx';
import { Icon } from '../../components/Icon.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { TroubleCard, type TroubleCardProps, TroubleRow } from '../../components/TroubleCard.tsx';
import { useWords } from '../../i18n/index.ts';
import { useCopy } from '../../lib/copy.ts';
import { useRelayMutation } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { useSituation } from '../../lib/situation.ts';
import { notify } from '../../lib/toasts.ts';
import { sayTried } from '../../lib/tried.ts';
import { bundlesOf, groupsOf, mainOf } from './groups.ts';

/** Each as a card; one button of them all is the main one. */
export function ConditionCards({ conditions }: { conditions: readonly Condition[] }) {
  const t = useWords('today');
  const partsOf = useParts();
  if (conditions.length === 0) return null;
  const main = mainOf(conditions);
  return (
    <ul aria-label={t('trouble.label')} className="flex flex-col gap-3">
      {conditions.map((condition) => (
        <li key={condition.id}>
          <TroubleCard {...partsOf(condition, condition === main ? 'primary' : 'plain')} />
        </li>
      ))}
    </ul>
  );
}

/** On Today: one alone is a card; several are lists, by whose turn it is. */
export function ConditionGroups({ conditions }: { conditions: readonly Condition[] }) {
  const groups = groupsOf(conditions);
  const main = mainOf(groups.flatMap((group) => group.conditions));
  if (conditions.length < 2) return <ConditionCards conditions={conditions} />;
  return groups.map(({ turn, conditions: those }) => <Group key={turn} turn={turn} conditions={those} main={main} />);
}

const turnIcons: Record<Turn, LucideIcon> = { manager: User, it_helper: Wrench, nobody: CircleCheck };

function Group(props: { turn: Turn; conditions: readonly Condition[]; main: Condition | null }) {
  const t = useWords('common');
  const partsOf = useParts();
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="rounded-l border border-line bg-surface px-4.5 pt-3 pb-1.5 shadow-card forced-colors:border"
    >
      <h2 id={id} className="flex items-center gap-2 border-line border-b pb-2 font-semibold text-ink-soft text-s">
        <Icon of={turnIcons[props.turn]} size={14} />
        {t(`turn.${props.turn}`)}
      </h2>
      <ul aria-labelledby={id}>
        {bundlesOf(props.conditions).map(({ first, same }) => (
          <li key={first.id} className="border-line border-t first:border-t-0">
            <TroubleRow
              {...partsOf(
                { ...first, meaning: first.brief ?? first.meaning },
                first === props.main ? 'primary' : 'plain',
              )}
              more={same.length > 0 && <Same conditions={same} />}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Others with which it is the same, by name. */
function Same({ conditions }: { conditions: readonly Condition[] }) {
  const t = useWords('today');
  return (
    <p className="mt-1 text-s">
      {t('trouble.same', { count: conditions.length })}{' '}
      {conditions.map(({ id, path, title }, index) => (
        <Fragment key={id}>
          {index > 0 && ', '}
          <TextLink to={path}>{String(title.params.name)}</TextLink>
        </Fragment>
      ))}
    </p>
  );
}

/** A condition in the reader's words. */
function useParts(): (condition: Condition, main: ButtonKind) => TroubleCardProps {
  const say = useSay();
  return ({ kind, tone, title, meaning, said, turn, step, actions }, main) => ({
    tone,
    turn,
    icon: kind === 'source_quiet' ? quietIcon : undefined,
    title: say(title),
    meaning: say(meaning),
    said: said ? say(said) : null,
    step: step && say(step),
    actions:
      actions.length > 0 &&
      (actions.map((action, index) => (
        <ActionButton key={action.label.key} action={action} kind={index === 0 ? main : 'plain'} />
      )) satisfies ReactNode),
  });
}

function ActionButton({ action: { label, does }, kind }: { action: ConditionAction; kind: ButtonKind }) {
  const t = useWords('today');
  const say = useSay();
  const copy = useCopy();
  const { endpoints } = useSituation();
  const failed = { onError: (problem: Error) => notify({ text: problem.message, tone: 'bad' }) };
  const tryNow = useRelayMutation('endpoints.tryNow', { ...failed, onSuccess: sayTried });
  const look = useRelayMutation('relay.tryNow', {
    ...failed,
    onSuccess: ({ says, state }) => notify({ text: say(says), tone: state === 'online' ? 'fine' : 'wait' }),
  });
  const resume = useRelayMutation('relay.resume', {
    ...failed,
    onSuccess: () => notify({ text: t('trouble.resumed') }),
  });
  const done = useRelayMutation('backup.restoreDone', failed);
  const prefer = useRelayMutation('preferences.change', failed);
  if ('go' in does) {
    return (
      <ButtonLink kind={kind} to={does.go}>
        {say(label)}
      </ButtonLink>
    );
  }
  if ('open' in does) {
    return (
      <BrowserLink kind={kind} to={does.open}>
        {say(label)}
      </BrowserLink>
    );
  }
  const act = () => {
    if ('copy' in does) void copy(say(does.copy)).then((done) => done && notify({ text: t('common:act.copied') }));
    else if ('resumeAll' in does) resume.mutate({});
    else if ('lookNow' in does) look.mutate({});
    else if ('restoreDone' in does) done.mutate({});
    else if ('prefer' in does) prefer.mutate({ change: does.prefer });
    else {
      const name = endpoints.find(({ id }) => id === does.tryNow)?.name ?? '';
      notify({ text: t('trouble.trying', { name }), tone: 'wait' });
      tryNow.mutate({ id: does.tryNow });
    }
  };
  return (
    <Button
      kind={kind}
      onPress={act}
      isPending={tryNow.isPending || look.isPending || resume.isPending || done.isPending || prefer.isPending}
    >
      {say(label)}
    </Button>
  );
}
