import { Archive } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { type Job, JobProgress } from '../../components/JobProgress.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { ask, CallFailure, useClient, useRelayQuery } from '../../lib/queries.ts';
import { useSituation } from '../../lib/situation.ts';
import { notify } from '../../lib/toasts.ts';

/** A passphrase shorter than this is refused by the engine. */
const shortestPassphrase = 8;

export function BackupCard() {
  const t = useWords('settings');
  const { time, now } = useFormats();
  const client = useClient();
  const { lastBackupAt } = useSituation().database;
  const desktop = useRelayQuery('surface.info', {}).data?.surface === 'desktop';
  const [passphrase, setPassphrase] = useState('');
  const [job, setJob] = useState<Job | null>(null);
  const tooShort = passphrase !== '' && passphrase.length < shortestPassphrase;
  const start = async () => {
    try {
      const name = `roost-relay-${new Date(now).toISOString().slice(0, 10)}.backup`;
      const file = desktop ? (await ask(client, 'surface.chooseFile', { purpose: 'backup', name })).file : null;
      if (desktop && file === null) return;
      setJob(await ask(client, 'backup.start', { file, ...(passphrase !== '' && { passphrase }) }));
      setPassphrase('');
    } catch (problem) {
      if (problem instanceof CallFailure) notify({ text: problem.message, tone: 'bad' });
      else throw problem;
    }
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
        <Button icon={Archive} onPress={() => void start()} isDisabled={tooShort} className="self-start">
          {t('backup.start')}
        </Button>
        {job && <JobProgress job={job} label={t('backup.running')} done={t('backup.done')} />}
      </div>
    </Card>
  );
}
