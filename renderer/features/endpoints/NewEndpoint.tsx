/** Adding an endpoint in guided steps: address, events, secret; it is a draft then, and testing it is the last step. */
import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useNavigate } from 'react-router';
import { isSigned, kindNamed } from '../../../shared/endpoint-kinds/index.ts';
import { numberOptions, optionalNumbers, switchOptions } from '../../../shared/endpoint-kinds/options.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useConfirmed } from '../../components/useConfirmed.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayMutation } from '../../lib/queries.ts';
import {
  AddressField,
  DescriptionField,
  EventsField,
  FurtherFields,
  HeadersField,
  SecretField,
} from './FormFields.tsx';
import { draftOf, type EndpointForm, emptyForm, kindOfForm } from './form.ts';
import { KindFields } from './KindFields.tsx';
import { Steps } from './Steps.tsx';
import { showProblem } from './showProblem.ts';

const fieldsOfStep: readonly (readonly (keyof EndpointForm)[])[] = [
  ['url', 'kind', 'config'],
  ['events', 'description'],
  ['secret', 'headers', 'caPem', ...[...numberOptions, ...optionalNumbers, ...switchOptions].map(({ name }) => name)],
];

export function NewEndpoint() {
  const t = useWords('endpoints');
  const navigate = useNavigate();
  const [step, setStep] = useState(0);
  const form = useForm<EndpointForm>({ defaultValues: emptyForm, mode: 'onTouched' });
  const { control } = form;
  const [chosen, url] = useWatch({ control, name: ['kind', 'url'] });
  const kind = kindOfForm({ kind: chosen, url });
  const confirmed = useConfirmed(t('same.title'), t('same.verb'));
  const add = useRelayMutation('endpoints.add', {
    onSuccess: ({ endpoint, secret }) =>
      void navigate(`/endpoints/${endpoint.id}/test`, { replace: true, state: { secret } }),
    onError: (failure) => {
      if (confirmed.asks(failure, () => add.mutate({ endpoint: draftOf(form.getValues()), confirmed: true }))) return;
      const { error } = failure;
      const field = showProblem(form, error);
      const owner = fieldsOfStep.findIndex((fields) => fields.some((name) => name === field));
      if (owner >= 0) setStep(owner);
    },
  });
  const last = fieldsOfStep.length - 1;
  const goOn = async () => {
    if (!(await form.trigger([...(fieldsOfStep[step] ?? [])], { shouldFocus: true }))) return;
    if (step < last) setStep(step + 1);
    else add.mutate({ endpoint: draftOf(form.getValues()) });
  };
  return (
    <Page>
      <PageHeader title={t('add')} />
      <div className="flex max-w-3xl flex-col gap-4">
        <Steps current={step} />
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void goOn();
          }}
        >
          <Card>
            <div className="flex flex-col gap-5">
              {step === 0 && (
                <>
                  <AddressField control={control} autoFocus />
                  <KindFields form={form} />
                </>
              )}
              {step === 1 && (
                <>
                  <EventsField control={control} />
                  <DescriptionField control={control} />
                </>
              )}
              {step === 2 && (
                <>
                  {isSigned(kind) && <SecretField control={control} />}
                  {kindNamed(kind).address.server === null && <HeadersField control={control} />}
                  <FurtherFields control={control} />
                </>
              )}
              <div className="flex justify-between gap-2 border-line border-t pt-4">
                <Button onPress={() => (step === 0 ? void navigate('/endpoints') : setStep(step - 1))}>
                  {t(step === 0 ? 'common:act.cancel' : 'common:act.back')}
                </Button>
                <Button type="submit" kind="primary" isPending={add.isPending}>
                  {t(step < last ? 'form.next' : 'form.create')}
                </Button>
              </div>
            </div>
          </Card>
        </form>
        {confirmed.dialog}
      </div>
    </Page>
  );
}
