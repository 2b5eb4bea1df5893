import { Check } from 'lucide-react';
import { useState } from 'react';
import { rejectedWords } from '../../../shared/conditions/intake.ts';
import type { Source } from '../../../shared/schemas.ts';
import { Button } from '../../components/Button.tsx';
import { Confirm } from '../../components/Dialog.tsx';
import { TroubleCard } from '../../components/TroubleCard.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayMutation } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { notify } from '../../lib/toasts.ts';

/** Unread files of a revoked source: told until they are gone, or a person says that they are seen to. */
export function LeftBehind({ source }: { source: Source }) {
  const t = useWords('sources');
  const say = useSay();
  const [isOpen, setOpen] = useState(false);
  const drop = useRelayMutation('sources.dropFiles', {
    onSuccess: () => setOpen(false),
    onError: ({ message }) => notify({ text: message, tone: 'bad' }),
  });
  const words = rejectedWords(source);
  if (words === null) return null;
  return (
    <>
      <TroubleCard
        tone="bad"
        title={say(words.title)}
        said={source.health.away && say(source.health.away.says)}
        meaning={say(words.meaning)}
        turn="it_helper"
        step={say(words.step)}
        actions={
          <Button icon={Check} onPress={() => setOpen(true)}>
            {t('leftBehind.open')}
          </Button>
        }
      />
      <Confirm
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t('leftBehind.title')}
        verb={t('leftBehind.verb')}
        onConfirm={() => drop.mutate({ id: source.id })}
        isPending={drop.isPending}
      >
        <p>{t('leftBehind.text')}</p>
      </Confirm>
    </>
  );
}
