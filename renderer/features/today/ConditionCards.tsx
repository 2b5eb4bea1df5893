/** Everything that a person should know, as cards, most urgent first. */
import type { Condition, ConditionAction } from '../../../shared/conditions/index.ts';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { TroubleCard } from '../../components/TroubleCard.tsx';
import { useWords } from '../../i18n/index.ts';
import { useCopy } from '../../lib/copy.ts';
import { useRelayMutation } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { useSituation } from '../../lib/situation.ts';
import { notify } from '../../lib/toasts.ts';

export function ConditionCards({ conditions }: { conditions: readonly Condition[] }) {
  const t = useWords('today');
  const say = useSay();
  if (conditions.length === 0) return null;
  return (
    <ul aria-label={t('trouble.label')} className="flex flex-col gap-3">
      {conditions.map(({ id, tone, title, meaning, turn, step, actions }) => (
        <li key={id}>
          <TroubleCard
            tone={tone}
            title={say(title)}
            meaning={say(meaning)}
            turn={turn}
            step={step && say(step)}
            actions={
              actions.length > 0 &&
              actions.map((action, index) => (
                <ActionButton key={action.label.key} action={action} main={index === 0 && tone !== 'fine'} />
              ))
            }
          />
        </li>
      ))}
    </ul>
  );
}

function ActionButton({ action: { label, does }, main }: { action: ConditionAction; main: boolean }) {
  const t = useWords('today');
  const say = useSay();
  const copy = useCopy();
  const { endpoints } = useSituation();
  const failed = { onError: (problem: Error) => notify({ text: problem.message, tone: 'bad' }) };
  const tryNow = useRelayMutation('endpoints.tryNow', failed);
  const resume = useRelayMutation('relay.resume', {
    ...failed,
    onSuccess: () => notify({ text: t('trouble.resumed') }),
  });
  const kind = main ? 'primary' : 'plain';
  if ('go' in does) {
    return (
      <ButtonLink kind={kind} to={does.go}>
        {say(label)}
      </ButtonLink>
    );
  }
  const act = () => {
    if ('copy' in does) void copy(say(does.copy)).then((done) => done && notify({ text: t('common:act.copied') }));
    else if ('resumeAll' in does) resume.mutate({});
    else {
      const name = endpoints.find(({ id }) => id === does.tryNow)?.name ?? '';
      notify({ text: t('trouble.trying', { name }), tone: 'wait' });
      tryNow.mutate({ id: does.tryNow });
    }
  };
  return (
    <Button kind={kind} onPress={act} isPending={tryNow.isPending || resume.isPending}>
      {say(label)}
    </Button>
  );
}
