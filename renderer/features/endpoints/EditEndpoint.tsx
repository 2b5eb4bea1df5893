/** Changing an endpoint: everything on one page. Its address and header values stay unless new ones are given. */
import { Eye } from 'lucide-react';
import { useForm, useWatch } from 'react-hook-form';
import { useNavigate } from 'react-router';
import { kindNamed } from '../../../shared/endpoint-kinds/index.ts';
import type { Endpoint } from '../../../shared/schemas.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useConfirmed } from '../../components/useConfirmed.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayMutation } from '../../lib/queries.ts';
import { notify } from '../../lib/toasts.ts';
import { AddressField, DescriptionField, EventsField, FurtherFields, HeadersField } from './FormFields.tsx';
import { changeOf, type EndpointForm, formOf, kindOfForm } from './form.ts';
import { KindFields } from './KindFields.tsx';
import { besidePreview, PreviewCard } from './PreviewCard.tsx';
import { RulesField } from './RulesField.tsx';
import { showProblem } from './showProblem.ts';
import { useEndpointActs } from './useEndpointActs.ts';
import { usePreview } from './usePreview.ts';
import { WithEndpoint } from './WithEndpoint.tsx';

export function EditEndpoint() {
  // By its id alone: what a person is changing is not replaced under their hands.
  return <WithEndpoint>{(endpoint) => <EditForm key={endpoint.id} endpoint={endpoint} />}</WithEndpoint>;
}

function EditForm({ endpoint }: { endpoint: Endpoint }) {
  const t = useWords('endpoints');
  const navigate = useNavigate();
  const acts = useEndpointActs();
  const form = useForm<EndpointForm>({ defaultValues: formOf(endpoint), mode: 'onTouched' });
  const { control } = form;
  const kind = kindOfForm({ kind: useWatch({ control, name: 'kind' }), url: '' });
  const previewed = usePreview(control, endpoint.id);
  const confirmed = useConfirmed(
    (member) => t(/kind$|config/.test(member) ? 'same.titleKind' : 'same.title'),
    t('same.verb'),
  );
  const change = useRelayMutation('endpoints.change', {
    onError: (failure, asked) => {
      if (!confirmed.asks(failure, () => change.mutate({ ...asked, confirmed: true })))
        showProblem(form, failure.error);
    },
    onSuccess: (changed) => {
      const retest = changed.testedAt === null && endpoint.testedAt !== null;
      notify({
        text: t(retest ? 'form.savedRetest' : 'form.saved', { name: changed.name }),
        tone: retest ? 'wait' : 'fine',
      });
      void navigate(`/endpoints/${changed.id}${retest ? '/test' : ''}`);
    },
  });
  const showAddress = async () => {
    const url = await acts.reveal(endpoint, 'address');
    if (url !== null) form.setValue('url', url);
  };
  return (
    <>
      <PageHeader title={t('form.editTitle', { name: endpoint.name })} />
      <div className={besidePreview}>
        <form onSubmit={form.handleSubmit((values) => change.mutate({ id: endpoint.id, change: changeOf(values) }))}>
          <Card>
            <div className="flex flex-col gap-5">
              <div className="flex flex-col items-start gap-2 [&>:first-child]:self-stretch">
                <AddressField control={control} kept={endpoint.address} />
                <Button icon={Eye} onPress={() => void showAddress()}>
                  {t('form.urlReveal')}
                </Button>
              </div>
              <KindFields form={form} endpoint={endpoint} previewed={previewed} />
              <DescriptionField control={control} />
              <EventsField control={control} />
              <RulesField form={form} previewed={previewed} />
              {kindNamed(kind).address.server === null && <HeadersField control={control} />}
              <FurtherFields control={control} />
              <div className="flex justify-between gap-2 border-line border-t pt-4">
                <Button onPress={() => void navigate(`/endpoints/${endpoint.id}`)}>{t('common:act.cancel')}</Button>
                <Button type="submit" kind="primary" isPending={change.isPending}>
                  {t('form.save')}
                </Button>
              </div>
            </div>
          </Card>
        </form>
        <PreviewCard control={control} previewed={previewed} />
      </div>
      {confirmed.dialog}
    </>
  );
}
