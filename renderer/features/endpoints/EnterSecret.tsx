import { useState } from 'react';
import type { Endpoint } from '../../../shared/schemas.ts';
import { Button } from '../../components/Button.tsx';
import { TextField } from '../../components/TextField.tsx';
import { TroubleCard } from '../../components/TroubleCard.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayMutation } from '../../lib/queries.ts';
import { notify } from '../../lib/toasts.ts';
import { isSecret } from './form.ts';
import { sayProblem } from './useEndpointActs.ts';

/** The stored secret cannot be decrypted (another PC, another user): it is asked for again. */
export function EnterSecret({ endpoint }: { endpoint: Endpoint }) {
  const t = useWords('endpoints');
  const [secret, setSecret] = useState('');
  const { id, name } = endpoint;
  const enter = useRelayMutation('endpoints.enterSecret', {
    onError: sayProblem,
    onSuccess: () => notify({ text: t('enter.done', { name }) }),
  });
  return (
    <TroubleCard
      tone="bad"
      title={t('enter.title', { name })}
      meaning={t('enter.text')}
      turn="it_helper"
      step={t('enter.step')}
      actions={
        <form
          className="flex w-full max-w-xl flex-wrap items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            enter.mutate({ id, secret: secret.trim() });
          }}
        >
          <TextField
            code
            type="password"
            autoComplete="off"
            label={t('enter.field')}
            value={secret}
            onChange={setSecret}
            className="min-w-60 flex-1"
          />
          <Button type="submit" kind="primary" isPending={enter.isPending} isDisabled={!isSecret(secret.trim())}>
            {t('enter.act')}
          </Button>
        </form>
      }
    />
  );
}
