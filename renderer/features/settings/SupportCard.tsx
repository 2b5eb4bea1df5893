import { Eye, EyeOff, FolderOpen, LifeBuoy } from 'lucide-react';
import { useState } from 'react';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Failed } from '../../components/Failed.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Scroller } from '../../components/Scroller.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { notify } from '../../lib/toasts.ts';

/** One zip for whoever helps; what is in it can be read before. */
export function SupportCard() {
  const t = useWords('settings');
  const { size } = useFormats();
  const [shown, setShown] = useState(false);
  const told = { onError: ({ message }: { message: string }) => notify({ text: message, tone: 'bad' }) };
  const save = useRelayMutation('support.save', told);
  const show = useRelayMutation('surface.showFile', told);
  const desktop = useRelayQuery('surface.info', {}).data?.surface === 'desktop';
  return (
    <Card title={t('support.title')}>
      <p className="mb-3 text-ink-soft">{t('support.text')}</p>
      <div className="flex flex-wrap gap-2">
        <Button icon={LifeBuoy} onPress={() => save.mutate({ file: null })} isPending={save.isPending}>
          {t('support.make')}
        </Button>
        <Button icon={shown ? EyeOff : Eye} onPress={() => setShown(!shown)}>
          {shown ? t('support.hide') : t('support.show')}
        </Button>
      </div>
      {save.data && (
        <Banner tone={save.data.unread.length === 0 ? 'fine' : 'wait'}>
          {t('support.made')}{' '}
          <span className="break-all text-s">
            {save.data.file} · {size(save.data.sizeBytes)}
          </span>
          {save.data.unread.length > 0 && (
            <span className="block">{t('support.unread', { files: save.data.unread.join(', ') })}</span>
          )}
          {desktop && (
            <Button icon={FolderOpen} onPress={() => show.mutate({ file: save.data.file })}>
              {t('common:job.show')}
            </Button>
          )}
        </Banner>
      )}
      {shown && <Files />}
    </Card>
  );
}

function Files() {
  const t = useWords('settings');
  const { size } = useFormats();
  const { data, error, refetch } = useRelayQuery('support.preview', {}, { gcTime: 0 });
  if (error) return <Failed error={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  return (
    <ul className="mt-3" aria-label={t('support.files')}>
      {data.map(({ name, sizeBytes, text }) => (
        <li key={name} className="border-line border-t py-1.5">
          <details>
            <summary className="cursor-pointer">
              {name} <span className="text-ink-faint text-s">{size(sizeBytes)}</span>
            </summary>
            <Scroller label={name} className="max-h-80 overflow-auto bg-sunken p-2">
              <pre className="whitespace-pre-wrap break-all text-s">{text}</pre>
            </Scroller>
          </details>
        </li>
      ))}
    </ul>
  );
}
