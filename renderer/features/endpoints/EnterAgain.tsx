/** What an endpoint kept under a key that is lost (another PC, another user), asked for again in one form. */
import { useForm } from 'react-hook-form';
import type { CallInput } from '../../../shared/api.ts';
import { wrongPort } from '../../../shared/endpoint-kinds/kind.ts';
import type { Endpoint } from '../../../shared/schemas.ts';
import { Button } from '../../components/Button.tsx';
import { FormTextField } from '../../components/FormTextField.tsx';
import { TroubleCard } from '../../components/TroubleCard.tsx';
import { useConfirmed } from '../../components/useConfirmed.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayMutation } from '../../lib/queries.ts';
import { notify } from '../../lib/toasts.ts';
import { isSecret, problemOfUrl } from './form.ts';
import { sayProblem } from './useEndpointActs.ts';

interface EnteredAgain {
  url: string;
  secret: string;
  /** In the order of the endpoint's own. */
  headers: { value: string }[];
}

export function EnterAgain({ endpoint }: { endpoint: Endpoint }) {
  const t = useWords('endpoints');
  const { id, name, unreadable } = endpoint;
  const headers = unreadable.includes('headers') ? endpoint.headers : [];
  const { control, handleSubmit } = useForm<EnteredAgain>({
    defaultValues: { url: '', secret: '', headers: headers.map(() => ({ value: '' })) },
    mode: 'onTouched',
  });
  const confirmed = useConfirmed(t('same.title'), t('same.verb'));
  const enter = useRelayMutation('endpoints.enterAgain', {
    onError: (failure, asked) => {
      if (!confirmed.asks(failure, () => enter.mutate({ ...asked, confirmed: true }))) sayProblem(failure);
    },
    onSuccess: () => notify({ text: t('enter.done', { name }) }),
  });
  const send = ({ url, secret, headers: values }: EnteredAgain) => {
    const entered: CallInput<'endpoints.enterAgain'>['entered'] = {
      ...(unreadable.includes('address') && { url: url.trim() }),
      ...(unreadable.includes('secret') && { secret: secret.trim() }),
      ...(headers.length > 0 && {
        headers: headers.map((header, index) => ({ name: header.name, value: values[index]?.value ?? '' })),
      }),
    };
    enter.mutate({ id, entered });
  };
  return (
    <TroubleCard
      tone="bad"
      title={t('enter.title', { name })}
      meaning={t('enter.text')}
      turn="it_helper"
      step={t('enter.step')}
      actions={
        <form noValidate className="flex w-full max-w-xl flex-col gap-3" onSubmit={handleSubmit(send)}>
          {unreadable.includes('address') && (
            <FormTextField
              control={control}
              name="url"
              check={(text) => {
                const problem = problemOfUrl(text, endpoint.kind);
                return problem === null || t(problem, { port: wrongPort(text) ?? '' });
              }}
              code
              autoComplete="off"
              label={t('form.url')}
              hint={t('enter.addressHint', { address: endpoint.address })}
            />
          )}
          {unreadable.includes('secret') && (
            <FormTextField
              control={control}
              name="secret"
              check={(text) => isSecret(text.trim()) || t('form.secretShort')}
              code
              type="password"
              autoComplete="off"
              label={t('enter.field')}
            />
          )}
          {headers.map((header, index) => (
            <FormTextField
              key={header.name}
              control={control}
              name={`headers.${index}.value`}
              check={(text) => text !== '' || t('enter.headerMissing')}
              code
              type="password"
              autoComplete="off"
              label={t('enter.header', { name: header.name })}
            />
          ))}
          <Button type="submit" kind="primary" className="self-start" isPending={enter.isPending}>
            {t('enter.act')}
          </Button>
          {confirmed.dialog}
        </form>
      }
    />
  );
}
