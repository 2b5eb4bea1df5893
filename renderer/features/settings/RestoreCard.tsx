/** Bringing a backup back: which one, what will happen, and how to take that back until the next start. */
import { ArchiveRestore, FolderOpen } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { restoreWords } from '../../../shared/conditions/restoring.ts';
import type { Backup } from '../../../shared/schemas.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Failed } from '../../components/Failed.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Select } from '../../components/Select.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { notify } from '../../lib/toasts.ts';

/** What is to be restored: `file` for the engine, `name` for the person. */
interface Chosen {
  readonly file: string;
  readonly name: string;
}

export function RestoreCard() {
  const t = useWords('settings');
  const { time } = useFormats();
  const kept = useRelayQuery('backup.list', {});
  const [asking, setAsking] = useState<Chosen | null>(null);
  return (
    <Card title={t('restore.title')}>
      <div className="flex flex-col gap-3">
        <p className="text-ink-soft">
          {t('restore.text')} {kept.data?.lastRestore && t('restore.last', { at: time(kept.data.lastRestore.at) })}
        </p>
        {kept.data?.lastRestore && <p className="break-all text-ink-faint text-s">{kept.data.lastRestore.keptIn}</p>}
        {kept.error ? (
          <Failed error={kept.error} again={() => void kept.refetch()} />
        ) : !kept.data ? (
          <Loading />
        ) : (
          <>
            {kept.data.pending && <Pending />}
            <Choice backups={kept.data.backups} choose={setAsking} />
          </>
        )}
      </div>
      {asking && <Question chosen={asking} onClose={() => setAsking(null)} />}
    </Card>
  );
}

/** A backup waits for the next start, which the desktop can bring about; until then it can be given up. */
function Pending() {
  const t = useWords('settings');
  const desktop = useRelayQuery('surface.info', {}).data?.surface === 'desktop';
  const restart = useRelayMutation('surface.restartEngine', {
    onError: ({ message }) => notify({ text: message, tone: 'bad' }),
  });
  const keep = useRelayMutation('backup.keepPresent', {
    onSuccess: () => notify({ text: t('restore.kept') }),
    onError: ({ message }) => notify({ text: message, tone: 'bad' }),
  });
  return (
    <Banner
      tone="wait"
      action={
        <div className="flex flex-wrap gap-2">
          <Button onPress={() => keep.mutate({})} isPending={keep.isPending}>
            {t('restore.keepPresent')}
          </Button>
          {desktop && (
            <Button kind="primary" onPress={() => restart.mutate({})} isPending={restart.isPending}>
              {t('restore.now')}
            </Button>
          )}
        </div>
      }
    >
      {t(desktop ? 'restore.pendingNow' : 'restore.pending')}
    </Banner>
  );
}

function Choice({ backups, choose }: { backups: readonly Backup[]; choose: (chosen: Chosen) => void }) {
  const t = useWords('settings');
  const { time, size } = useFormats();
  const desktop = useRelayQuery('surface.info', {}).data?.surface === 'desktop';
  const [picked, setPicked] = useState<string | null>(null);
  const dialog = useRelayMutation('surface.chooseFile', {
    onSuccess: ({ file }) => file !== null && choose({ file, name: file.split(/[\\/]/).at(-1) ?? file }),
    onError: ({ message }) => notify({ text: message, tone: 'bad' }),
  });
  const choices = backups.map(({ file, kind, at, sizeBytes }) => ({
    value: file,
    name: t('restore.named', { at: time(at) }),
    label: `${time(at)} · ${size(sizeBytes)}`,
    hint: t(`restore.kind.${kind}`),
  }));
  const chosen = choices.find(({ value }) => value === picked) ?? choices[0];
  return (
    <>
      {chosen ? (
        <Select
          label={t('restore.which')}
          hint={t('restore.whichHint')}
          choices={choices}
          value={chosen.value}
          onChange={setPicked}
          className="max-w-md"
        />
      ) : (
        <p>{t('restore.none')}</p>
      )}
      <div className="flex flex-wrap gap-2">
        {chosen && (
          <Button icon={ArchiveRestore} onPress={() => choose({ file: chosen.value, name: chosen.name })}>
            {t('restore.start')}
          </Button>
        )}
        {desktop && (
          <Button
            icon={FolderOpen}
            onPress={() => dialog.mutate({ purpose: 'restore', name: '' })}
            isPending={dialog.isPending}
          >
            {t('restore.otherFile')}
          </Button>
        )}
      </div>
    </>
  );
}

/** Asks once more, with what would be gone, and for the passphrase; what is wrong is said here, where it can be put right. */
function Question({ chosen, onClose }: { chosen: Chosen; onClose: () => void }) {
  const t = useWords('settings');
  const say = useSay();
  const [passphrase, setPassphrase] = useState('');
  const { mutate: lookAt, data: looked, error: unusable } = useRelayMutation('backup.restore');
  useEffect(() => lookAt({ file: chosen.file, look: true }), [lookAt, chosen.file]);
  const restore = useRelayMutation('backup.restore', { onSuccess: onClose });
  const start = (event?: FormEvent) => {
    event?.preventDefault();
    if (restore.isPending || !looked) return;
    restore.mutate({ file: chosen.file, ...(passphrase !== '' && { passphrase }) });
  };
  const failure = restore.error?.error;
  const wrongPassphrase = failure?.member === 'passphrase';
  return (
    <Dialog
      role="alertdialog"
      isOpen
      onClose={onClose}
      title={t('restore.confirm', { file: chosen.name })}
      actions={
        <>
          <Button onPress={onClose}>{t('common:act.cancel')}</Button>
          <Button kind="danger" onPress={() => start()} isPending={restore.isPending} isDisabled={!looked}>
            {t('restore.verb')}
          </Button>
        </>
      }
    >
      <form noValidate onSubmit={start} className="flex flex-col gap-3">
        <p>{t('restore.confirmText')}</p>
        {unusable ? (
          <Banner tone="bad">{unusable.message}</Banner>
        ) : looked ? (
          restoreWords(looked).map((said) => <p key={said.key}>{say(said)}</p>)
        ) : (
          <Loading />
        )}
        <TextField
          type="password"
          autoComplete="off"
          label={t('restore.passphrase')}
          hint={t('restore.passphraseHint')}
          value={passphrase}
          onChange={(text) => {
            setPassphrase(text);
            if (failure) restore.reset();
          }}
          error={wrongPassphrase ? t('restore.passphraseWrong') : undefined}
        />
        {failure && !wrongPassphrase && <Banner tone="bad">{restore.error?.message}</Banner>}
      </form>
    </Dialog>
  );
}
