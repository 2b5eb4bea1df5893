/** What can be done to a source, each asked for once more. */
import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { calls } from '../../../shared/api.ts';
import type { Source } from '../../../shared/schemas.ts';
import { Button } from '../../components/Button.tsx';
import { Confirm, Dialog } from '../../components/Dialog.tsx';
import { FormTextField } from '../../components/FormTextField.tsx';
import { useWords } from '../../i18n/index.ts';
import { type CallFailure, useRelayMutation } from '../../lib/queries.ts';
import { notify } from '../../lib/toasts.ts';
import { useFreshAccess } from './fresh-access.ts';

interface SourceDialogProps {
  readonly source: Source;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

const sayFailure = (failure: CallFailure) => notify({ text: failure.message, tone: 'bad' });
const renameInput = calls['sources.change'].input.pick({ name: true }).required();

export function RenameDialog({ source, isOpen, onClose }: SourceDialogProps) {
  const t = useWords('sources');
  const form = useForm({ resolver: zodResolver(renameInput), values: { name: source.name } });
  const rename = useRelayMutation('sources.change', {
    onSuccess: () => {
      notify({ text: t('rename.done') });
      onClose();
    },
    onError: ({ message }) => form.setError('name', { type: 'server', message }),
  });
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('rename.title', { name: source.name })}>
      <form
        noValidate
        onSubmit={form.handleSubmit(({ name }) => rename.mutate({ id: source.id, name }))}
        className="flex flex-col gap-4"
      >
        <FormTextField control={form.control} name="name" label={t('new.name')} autoFocus />
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>{t('common:act.cancel')}</Button>
          <Button type="submit" kind="primary" isPending={rename.isPending}>
            {t('common:act.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

export function ReplaceDialog({ source, isOpen, onClose }: SourceDialogProps) {
  const t = useWords('sources');
  const { keep } = useFreshAccess();
  const replace = useRelayMutation('sources.replaceToken', {
    onSuccess: (access) => {
      keep(access);
      onClose();
    },
    onError: sayFailure,
  });
  return (
    <Confirm
      isOpen={isOpen}
      onClose={onClose}
      title={t('replace.title', { name: source.name })}
      verb={t('replace.verb')}
      onConfirm={() => replace.mutate({ id: source.id })}
      isPending={replace.isPending}
    >
      <p>{t('replace.text')}</p>
    </Confirm>
  );
}

export function RevokeDialog({ source, isOpen, onClose }: SourceDialogProps) {
  const t = useWords('sources');
  const { keep } = useFreshAccess();
  const { name, kept } = source;
  const revoke = useRelayMutation('sources.revoke', {
    onSuccess: () => {
      keep(null);
      notify({ text: t('revoke.done', { name }), tone: 'still' });
      onClose();
    },
    onError: sayFailure,
  });
  return (
    <Confirm
      isOpen={isOpen}
      onClose={onClose}
      title={t('revoke.title', { name })}
      verb={t('revoke.verb', { name })}
      onConfirm={() => revoke.mutate({ id: source.id })}
      isPending={revoke.isPending}
    >
      <p>{t('revoke.text')}</p>
      {kept > 0 && <p className="mt-3">{t('revoke.kept', { count: kept })}</p>}
    </Confirm>
  );
}
