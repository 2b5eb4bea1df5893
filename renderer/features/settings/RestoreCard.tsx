import { ArchiveRestore } from 'lucide-react';
import { useState } from 'react';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Confirm } from '../../components/Dialog.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { notify } from '../../lib/toasts.ts';

export function RestoreCard() {
  const t = useWords('settings');
  const desktop = useRelayQuery('surface.info', {}).data?.surface === 'desktop';
  const [name, setName] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [file, setFile] = useState<string | null>(null);
  const failed = { onError: ({ message }: Error) => notify({ text: message, tone: 'bad' }) };
  const choose = useRelayMutation('surface.chooseFile', { ...failed, onSuccess: (chosen) => setFile(chosen.file) });
  const restore = useRelayMutation('backup.restore', { ...failed, onSettled: () => setFile(null) });
  const start = () => {
    if (desktop) choose.mutate({ purpose: 'restore', name: '' });
    else if (name.trim() !== '') setFile(name.trim());
  };
  return (
    <Card title={t('restore.title')}>
      <div className="flex flex-col gap-3">
        <p className="text-ink-soft">{t('restore.text')}</p>
        {!desktop && <TextField label={t('restore.file')} value={name} onChange={setName} code />}
        <TextField
          type="password"
          autoComplete="off"
          label={t('restore.passphrase')}
          value={passphrase}
          onChange={setPassphrase}
        />
        <Button icon={ArchiveRestore} onPress={start} isPending={choose.isPending} className="self-start">
          {t('restore.start')}
        </Button>
        {restore.isSuccess && <Banner tone="wait">{t('restore.done')}</Banner>}
      </div>
      <Confirm
        isOpen={file !== null}
        onClose={() => setFile(null)}
        title={t('restore.confirm', { file: (file ?? '').split(/[\\/]/).at(-1) ?? '' })}
        verb={t('restore.verb')}
        isPending={restore.isPending}
        onConfirm={() => file !== null && restore.mutate({ file, ...(passphrase !== '' && { passphrase }) })}
      >
        <p>{t('restore.confirmText')}</p>
      </Confirm>
    </Card>
  );
}
