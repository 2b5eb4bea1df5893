/** The PIN and the screen's lock, among the settings. */
import { type FormEvent, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Select } from '../../components/Select.tsx';
import { useWords } from '../../i18n/index.ts';
import { type CallFailure, useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { notify } from '../../lib/toasts.ts';
import { PinField } from './PinField.tsx';

const offeredMinutes = [1, 3, 5, 10, 15, 30, 60];

export function PinCard() {
  const t = useWords('lock');
  const lock = useRelayQuery('lock.get', {}).data;
  const [open, setOpen] = useState<'set' | 'remove' | null>(null);
  const onError = ({ message }: CallFailure) => notify({ text: message, tone: 'bad' });
  const change = useRelayMutation('lock.change', { onError });
  const screen = useRelayMutation('lock.screen', { onError });
  if (!lock) return null;
  const { lockAfterMinutes: after } = lock;
  const minutes = [...new Set([...offeredMinutes, ...(after === null ? [] : [after])])].sort((a, b) => a - b);
  const close = () => setOpen(null);
  return (
    <Card title={t('card.title')}>
      <div className="flex flex-col gap-3">
        <p>{t('card.what')}</p>
        <p className="text-ink-soft">{t('card.limits')}</p>
        {lock.pin && (
          <Select
            className="max-w-96"
            label={t('card.lockAfter')}
            hint={t('card.lockAfterHint')}
            value={String(after ?? 'never')}
            onChange={(value) => change.mutate({ lockAfterMinutes: value === 'never' ? null : Number(value) })}
            choices={[
              { value: 'never', label: t('card.never') },
              ...minutes.map((count) => ({ value: String(count), label: t('card.minutes', { count }) })),
            ]}
          />
        )}
        <div className="flex flex-wrap gap-2">
          {lock.pin ? (
            <>
              <Button onPress={() => screen.mutate({})}>{t('card.lockNow')}</Button>
              <Button onPress={() => setOpen('set')}>{t('card.change')}</Button>
              <Button onPress={() => setOpen('remove')}>{t('card.remove')}</Button>
            </>
          ) : (
            <Button kind="primary" onPress={() => setOpen('set')}>
              {t('card.set')}
            </Button>
          )}
        </div>
        <p className="text-ink-faint text-s">{t('card.backup')}</p>
      </div>
      {open === 'set' && <SetPin asksPresent={lock.pin} onClose={close} />}
      {open === 'remove' && <RemovePin onClose={close} />}
    </Card>
  );
}

function SetPin({ asksPresent, onClose }: { asksPresent: boolean; onClose: () => void }) {
  const t = useWords('lock');
  const { present, setPresent, wrong } = usePresent();
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [differs, setDiffers] = useState(false);
  const set = useRelayMutation('lock.setPin', {
    onSuccess: () => {
      notify({ text: t('set.done') });
      onClose();
    },
    onError: () => setPresent(''),
  });
  function submit(event?: FormEvent) {
    event?.preventDefault();
    setDiffers(pin !== again);
    if (pin === again) set.mutate({ pin, ...(asksPresent && { present }) });
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(asksPresent ? 'card.change' : 'card.set').replace('…', '')}
      actions={
        <>
          <Button onPress={onClose}>{t('common:act.cancel')}</Button>
          <Button kind="primary" onPress={() => submit()} isPending={set.isPending}>
            {t('common:act.save')}
          </Button>
        </>
      }
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-3">
        {asksPresent && (
          <PinField
            label={t('set.present')}
            value={present}
            onChange={setPresent}
            error={wrong(set.error, 'present')}
            autoFocus
          />
        )}
        <PinField
          label={t('set.new')}
          hint={t('set.newHint')}
          value={pin}
          onChange={setPin}
          error={wrong(set.error, 'pin')}
          autoFocus={!asksPresent}
        />
        <PinField
          label={t('set.again')}
          value={again}
          onChange={setAgain}
          error={differs && pin !== again ? t('set.differs') : undefined}
        />
        <button type="submit" hidden tabIndex={-1} />
      </form>
    </Dialog>
  );
}

function RemovePin({ onClose }: { onClose: () => void }) {
  const t = useWords('lock');
  const { present, setPresent, wrong } = usePresent();
  const remove = useRelayMutation('lock.removePin', {
    onSuccess: () => {
      notify({ text: t('remove.done') });
      onClose();
    },
    onError: () => setPresent(''),
  });
  function submit(event?: FormEvent) {
    event?.preventDefault();
    remove.mutate({ present });
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('card.remove').replace('…', '')}
      actions={
        <>
          <Button onPress={onClose}>{t('common:act.cancel')}</Button>
          <Button kind="danger" onPress={() => submit()} isPending={remove.isPending}>
            {t('remove.verb')}
          </Button>
        </>
      }
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-3">
        <p>{t('remove.text')}</p>
        <PinField
          label={t('set.present')}
          value={present}
          onChange={setPresent}
          error={wrong(remove.error, 'present')}
          autoFocus
        />
      </form>
    </Dialog>
  );
}

function usePresent() {
  const say = useSay();
  const [present, setPresent] = useState('');
  return {
    present,
    setPresent,
    /** What the engine said of a field; what it says of none stands below the first. */
    wrong: (failure: CallFailure | null, member: string) =>
      failure && failure.error.member === member ? say(failure.error.says) : undefined,
  };
}
