import { useState } from 'react';
import { harmless, harmlessBody } from '../../../shared/harmless.ts';
import type { SourceMessageView } from '../../../shared/schemas.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { QueryDialog } from '../../components/QueryDialog.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { notify } from '../../lib/toasts.ts';

/** Of a message that waits no more: what tells by whom it was closed, and when. */
const saysByWhom: ReadonlySet<string> = new Set(['source_message.forgotten_by', 'source_message.dropped_by']);

/** One kept message, whole: looked at, copied, mended and taken in, or let go. */
export function MessageDialog({ id, onClose }: { id: number; onClose: () => void }) {
  const t = useWords('sources');
  const message = useRelayQuery('messages.get', { id });
  return (
    <QueryDialog title={t('message.title')} query={message} onClose={onClose}>
      {(found) => <Whole key={id} message={found} onClose={onClose} />}
    </QueryDialog>
  );
}

function Whole({ message, onClose }: { message: SourceMessageView; onClose: () => void }) {
  const t = useWords('sources');
  const say = useSay();
  const { time } = useFormats();
  const { id, at, origin, raw, trouble, state, settledAt } = message;
  // Taken in as it is unless somebody mends it: what is shown may differ from what is kept.
  const shown = harmlessBody(raw);
  const [text, setText] = useState(shown);
  const [problem, setProblem] = useState<string>();
  const [isLeaving, setLeaving] = useState(false);
  const onError = ({ message: says }: { message: string }) => setProblem(says);
  const retry = useRelayMutation('messages.retry', {
    onSuccess: ({ events, ignored }) => {
      notify({ text: ignored === null ? t('refusal.taken', { count: events.length }) : say(ignored) });
      onClose();
    },
    onError,
  });
  const drop = useRelayMutation('messages.drop', {
    onSuccess: () => {
      notify({ text: t('message.dropped'), tone: 'still' });
      onClose();
    },
    onError,
  });
  const isKept = state === 'kept';
  return (
    <div className="flex flex-col gap-4">
      <Banner tone={isKept ? 'bad' : 'still'}>
        {isKept
          ? trouble === null
            ? t('messages.outcome.kept')
            : trouble.line === null
              ? say(trouble.says)
              : t('messages.where', { line: trouble.line, column: trouble.column ?? 1, why: say(trouble.says) })
          : trouble !== null && saysByWhom.has(trouble.says.key)
            ? say(trouble.says)
            : `${t(`messages.state.${state}`)} ${settledAt === null ? '' : time(settledAt)}`}
      </Banner>
      <p className="text-ink-soft text-s wrap-anywhere">
        {time(at)} {harmless(origin)}
      </p>
      <TextField
        label={t('message.body')}
        hint={t('message.bodyHint')}
        value={text}
        onChange={(changed) => {
          setText(changed);
          setProblem(undefined);
        }}
        error={problem}
        isReadOnly={!isKept}
        rows={10}
        code
      />
      {isLeaving && <Banner tone="wait">{t('message.dropText')}</Banner>}
      <div className="flex flex-wrap justify-end gap-2">
        <CopyButton text={raw} label={t('refusal.copy')} />
        {isKept && (
          <>
            <Button
              kind="danger"
              isPending={drop.isPending}
              onPress={() => (isLeaving ? drop.mutate({ id }) : setLeaving(true))}
            >
              {t(isLeaving ? 'message.dropYes' : 'message.drop')}
            </Button>
            <Button
              kind="primary"
              isPending={retry.isPending}
              onPress={() => retry.mutate({ id, ...(text === shown ? {} : { body: text }) })}
            >
              {t('refusal.takeIn')}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
