/** Entering the PIN, wherever it is asked for: what was typed, what was wrong with it, and the try itself. */
import { type FormEvent, useState } from 'react';
import { useRelayMutation } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';

/** @param entered runs once it was right */
export function useEnterPin(entered: () => void) {
  const say = useSay();
  const [pin, setPin] = useState('');
  const enter = useRelayMutation('lock.enter', {
    onSuccess: () => entered(),
    onSettled: () => setPin(''),
  });
  return {
    pin,
    setPin,
    isPending: enter.isPending,
    // Said here and not with the failure: it names a time, which is the property's.
    error: enter.error && pin === '' ? say(enter.error.error.says) : undefined,
    submit(event?: FormEvent) {
      event?.preventDefault();
      if (pin !== '' && !enter.isPending) enter.mutate({ pin });
    },
  };
}
