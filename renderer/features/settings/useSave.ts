/** Saving, and taking it back: both kinds of settings in the same manner. */
import type { Preferences, Settings } from '../../../shared/schemas.ts';
import { useWords } from '../../i18n/index.ts';
import { type CallFailure, useRelayMutation } from '../../lib/queries.ts';
import { notify } from '../../lib/toasts.ts';

const sayFailure = (failure: CallFailure) => notify({ text: failure.message, tone: 'bad' });

/** Changes what the engine obeys; the notice offers the values of before. */
export function useSaveSettings(before: Settings) {
  const t = useWords('settings');
  const undo = useRelayMutation('settings.change', { onError: sayFailure });
  const save = useRelayMutation('settings.change', { onError: sayFailure });
  return {
    isPending: save.isPending,
    save: (change: Partial<Settings>) =>
      save.mutate(
        { change },
        { onSuccess: () => notify({ text: t('saved'), undo: () => undo.mutate({ change: only(before, change) }) }) },
      ),
  };
}

/** Changes what this surface keeps for itself; taken at once. */
export function useSavePreferences() {
  const change = useRelayMutation('preferences.change', { onError: sayFailure });
  return (preferences: Partial<Preferences>) => change.mutate({ change: preferences });
}

/** The members of `all` that `change` names. */
function only(all: Settings, change: Partial<Settings>): Partial<Settings> {
  return Object.fromEntries(Object.entries(all).filter(([member]) => member in change));
}
