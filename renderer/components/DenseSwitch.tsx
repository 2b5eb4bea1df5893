import { Rows3, Rows4 } from 'lucide-react';
import { useWords } from '../i18n/index.ts';
import { useRelayMutation, useRelayQuery } from '../lib/queries.ts';
import { Button } from './Button.tsx';
import { Tooltip } from './Tooltip.tsx';

/** Whether lists are shown in dense rows: one choice for all of them, and remembered. */
export const useDense = (): boolean => useRelayQuery('preferences.get', {}).data?.dense ?? false;

export function DenseSwitch() {
  const t = useWords('common');
  const dense = useDense();
  const change = useRelayMutation('preferences.change');
  const label = t(dense ? 'list.roomy' : 'list.dense');
  return (
    <Tooltip text={label}>
      <Button
        kind="quiet"
        icon={dense ? Rows3 : Rows4}
        aria-label={label}
        onPress={() => change.mutate({ change: { dense: !dense } })}
      />
    </Tooltip>
  );
}
