/** Adding an endpoint in guided steps: address, events, secret; it is a draft then, and testing it is the last step. */
import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useNavigate, useSearchParams } from 'react-router';
import { kindNamed, unverifiedBecause } from '../../../shared/endpoint-kinds/index.ts';
import { numberOptions, optionalNumbers, switchOptions } from '../../../shared/endpoint-kinds/options.ts';
import { conditionTypes } from '../../../shared/notices.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useConfirmed } from '../../components/useConfirmed.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayMutation } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
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
import { besidePreview, PreviewCard } from './PreviewCard.tsx';
import { RulesField } from './RulesField.tsx';
import { Steps } from './Steps.tsx';
import { showProblem } from './showProblem.ts';
import { usePreview } from './usePreview.ts';

/** @param login whether a header may say who sends: it is asked for with the address then */
const fieldsOfSteps = (login: boolean): readonly (readonly (keyof EndpointForm)[])[] => [
  ['url', 'kind', 'config', ...(login ? (['headers'] as const) : [])],
  ['events', 'rules', 'match', 'description'],
  [
    'secret',
    ...(login ? [] : (['headers'] as const)),
    'caPem',
    ...[...numberOptions, ...optionalNumbers, ...switchOptions].map(({ name }) => name),
  ],
];

export function NewEndpoint() {
  const t = useWords('endpoints');
  const say = useSay();
  const navigate = useNavigate();
  const [step, setStep] = useState(0);
  const [query] = useSearchParams();
  const isForNotices = query.get('for') === 'notices';
  const form = useForm<EndpointForm>({
    defaultValues: isForNotices
      ? { ...emptyForm, events: [...conditionTypes] }
      : query.get('for') === 'week'
        ? { ...emptyForm, kind: 'mail', events: ['relay.week'] }
        : emptyForm,
    mode: 'onTouched',
  });
  const { control } = form;
  const [chosen, url] = useWatch({ control, name: ['kind', 'url'] });
  const kind = kindOfForm({ kind: chosen, url });
  const { loginByHeader = false, address: addressForm } = kindNamed(kind);
  const fieldsOfStep = fieldsOfSteps(loginByHeader);
  const unverified = unverifiedBecause(kind);
  const previewed = usePreview(control);
  const confirmed = useConfirmed(
    (member) => t(/kind$|config/.test(member) ? 'same.titleKind' : 'same.title'),
    t('same.verb'),
  );
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
  /** An error that went only when its field is left would move the button away below the pointer. */
  const lookAtEachLetter = () => {
    if (step > 0) return;
    for (const name of ['url', 'config'] as const) form.setValue(name, form.getValues(name), { shouldTouch: true });
  };
  const goOn = async () => {
    if (!(await form.trigger([...(fieldsOfStep[step] ?? [])], { shouldFocus: true }))) {
      lookAtEachLetter();
      return;
    }
    if (step < last) setStep(step + 1);
    else add.mutate({ endpoint: draftOf(form.getValues()) });
  };
  return (
    <Page>
      <PageHeader title={t('add')} />
      <Steps current={step} />
      <div className={besidePreview}>
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
                  <KindFields form={form} previewed={previewed} />
                  {loginByHeader && <HeadersField control={control} />}
                </>
              )}
              {step === 1 && (
                <>
                  <EventsField control={control} />
                  <RulesField form={form} previewed={previewed} />
                  <DescriptionField control={control} />
                </>
              )}
              {step === 2 && (
                <>
                  {unverified === null ? (
                    <SecretField control={control} />
                  ) : (
                    <p className="text-ink-soft">{say({ key: unverified, params: {} })}</p>
                  )}
                  {addressForm.server === null && !loginByHeader && <HeadersField control={control} />}
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
        <PreviewCard control={control} previewed={previewed} />
      </div>
      {confirmed.dialog}
    </Page>
  );
}
