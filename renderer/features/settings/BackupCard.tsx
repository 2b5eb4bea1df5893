import { Archive } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { JobProgress } from '../../components/JobProgress.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { ask, useClient } from '../../lib/queries.ts';
import { useSituation } from '../../lib/situation.ts';
import { useFileJob } from '../../lib/useFileJob.ts';

/** A passphrase shorter than this is refused by the engine. */
const shortestPassphrase = 8;

export function BackupCard() {
  const t = useWords('settings');
  const { time } = useFormats();
  const client = useClient();
  const { lastBackupAt } = useSituation().database;
  const [passphrase, setPassphrase] = useState('');
  const { job, isPending, start } = useFileJob('backup');
  const tooShort = passphrase !== '' && passphrase.length < shortestPassphrase;
  const begin = async (file: string | null) => {
    const started = await ask(client, 'backup.start', { file, ...(passphrase !== '' && { passphrase }) });
    setPassphrase('');
    return started;
  };
  return (
    <Card title={t('backup.title')}>
      <div className="flex flex-col gap-3">
        <p className="text-ink-soft">
          {t('backup.text')} {lastBackupAt === null ? t('backup.never') : t('backup.last', { at: time(lastBackupAt) })}
        </p>
        <TextField
          type="password"
          autoComplete="new-password"
          label={t('backup.passphrase')}
          hint={t('backup.passphraseHint')}
          value={passphrase}
          onChange={setPassphrase}
          error={tooShort ? t('backup.passphraseWrong') : undefined}
        />
        <Button
          icon={Archive}
          onPress={() => void start('backup', begin)}
          isPending={isPending}
          isDisabled={tooShort}
          className="self-start"
        >
          {t('backup.start')}
        </Button>
        {job && <JobProgress job={job} label={t('backup.running')} done={t('backup.done')} />}
      </div>
    </Card>
  );
}
