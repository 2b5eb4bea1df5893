import { useState } from 'react';
import { harmless, harmlessBody } from '../../../shared/harmless.ts';
import type { WholeRefusal } from '../../../shared/schemas.ts';
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

/** One refused request, or file, whole: looked at, copied, mended and taken in. */
export function RefusalDialog({ id, isFile, onClose }: { id: number; isFile: boolean; onClose: () => void }) {
  const t = useWords('sources');
  const refusal = useRelayQuery('refusals.get', { id });
  return (
    <QueryDialog title={t(isFile ? 'refusal.titleFile' : 'refusal.title')} query={refusal} onClose={onClose}>
      {(found) => <Whole key={id} refusal={found} onClose={onClose} />}
    </QueryDialog>
  );
}

function Whole({ refusal, onClose }: { refusal: WholeRefusal; onClose: () => void }) {
  const t = useWords('sources');
  const say = useSay();
  const { time } = useFormats();
  const { id, at, says, status, times, takenAt, file, request, body } = refusal;
  // Sent as it was unless somebody mends it: what is shown may differ from what is kept.
  const shown = harmlessBody(body ?? '');
  const [text, setText] = useState(shown);
  const [problem, setProblem] = useState<string>();
  const retry = useRelayMutation('refusals.retry', {
    onSuccess: ({ events }) => {
      notify({ text: t('refusal.taken', { count: events.length }) });
      onClose();
    },
    onError: ({ message }) => setProblem(message),
  });
  const facts = [
    [t('refusals.when'), times > 1 ? t('refusal.times', { at: time(at), times }) : time(at)],
    ...(file === null || request !== null ? [] : [[t('refusal.file'), file]]),
    ...(request === null ? [] : [[t('refusal.request'), `${request.method} ${request.path}`]]),
    ...(request === null || request.address === '' ? [] : [[t('refusals.from'), request.address]]),
    ...Object.entries(request?.headers ?? {}),
  ] as const;
  return (
    <div className="flex flex-col gap-4">
      <Banner tone={takenAt === null ? 'bad' : 'fine'}>
        {takenAt === null ? `${say(says)} (${status})` : t('refusal.takenAt', { at: time(takenAt) })}
      </Banner>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-s">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{harmless(name)}</dt>
            <dd className="break-all">{harmless(value)}</dd>
          </div>
        ))}
      </dl>
      {body === null ? (
        <p className="text-ink-soft">{t(file === null ? 'refusal.noBody' : 'refusal.fileLies')}</p>
      ) : (
        <>
          <TextField
            label={t('refusal.body')}
            hint={t('refusal.bodyHint')}
            value={text}
            onChange={setText}
            error={problem}
            isReadOnly={takenAt !== null}
            rows={10}
            code
          />
          <div className="flex flex-wrap justify-end gap-2">
            <CopyButton text={body} label={t('refusal.copy')} />
            {takenAt === null && (
              <Button
                kind="primary"
                isPending={retry.isPending}
                onPress={() => retry.mutate({ id, ...(text === shown ? {} : { body: text }) })}
              >
                {t('refusal.takeIn')}
              </Button>
            )}
          </div>
        </>
      )}
    </div>
  );
}
