import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import { calls } from '../../../shared/api.ts';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { FormTextField } from '../../components/FormTextField.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayMutation } from '../../lib/queries.ts';
import { useSituation } from '../../lib/situation.ts';
import { notify } from '../../lib/toasts.ts';
import { useFreshAccess } from './fresh-access.ts';

const input = calls['sources.add'].input;
type Values = z.input<typeof input>;

/** A name for the source; its token comes with the next page. */
export function NewSource() {
  const t = useWords('sources');
  const navigate = useNavigate();
  const { keep } = useFreshAccess();
  const { propertyId } = useSituation();
  const form = useForm<Values>({ resolver: zodResolver(input), defaultValues: { name: '' } });
  const add = useRelayMutation('sources.add', {
    onSuccess: (access) => {
      keep(access);
      notify({ text: t('new.created', { name: access.name }) });
      void navigate(`/sources/${access.id}`, { replace: true });
    },
    onError: ({ error, message }) => {
      const member = error.member === 'propertyId' ? 'propertyId' : 'name';
      form.setError(member, { type: 'server', message });
    },
  });
  const submit = form.handleSubmit((values) => {
    if (propertyId === null && !values.propertyId) {
      form.setError('propertyId', { type: 'server', message: t('new.propertyNeeded') });
      return;
    }
    add.mutate(values);
  });
  return (
    <>
      <PageHeader title={t('new.title')} />
      <Card className="max-w-xl">
        <form onSubmit={submit} noValidate className="flex flex-col gap-4">
          <FormTextField control={form.control} name="name" label={t('new.name')} hint={t('new.nameHint')} autoFocus />
          <FormTextField
            control={form.control}
            name="propertyId"
            label={t('new.property')}
            hint={propertyId === null ? t('new.propertyHintNone') : t('new.propertyHint', { property: propertyId })}
            emptyMeans="absent"
          />
          <div className="flex flex-wrap gap-2">
            <Button type="submit" kind="primary" isPending={add.isPending}>
              {t('new.create')}
            </Button>
            <ButtonLink to="/sources">{t('common:act.cancel')}</ButtonLink>
          </div>
        </form>
      </Card>
    </>
  );
}
