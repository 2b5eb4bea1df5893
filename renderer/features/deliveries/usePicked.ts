/** Which deliveries were picked by hand in the list. */
import { useMemo, useState } from 'react';
import type { DeliveryId } from '../../../shared/domain.ts';
import type { Picking } from '../../components/EndlessTable.tsx';
import { useWords } from '../../i18n/index.ts';
import { notify } from '../../lib/toasts.ts';

/** As many as a filter takes. */
const mostPicked = 1000;

export interface Picked extends Picking<{ readonly id: DeliveryId }> {
  clear(): void;
}

const none: ReadonlySet<DeliveryId> = new Set();

/** @param list what the list is of: what was picked in another one is not picked in this, where it may not be seen */
export function usePicked(list: string): Picked {
  const t = useWords('deliveries');
  const [kept, setKept] = useState({ list, picked: none });
  const picked = kept.list === list ? kept.picked : none;
  return useMemo(() => {
    const set = (wanted: ReadonlySet<DeliveryId>) => {
      if (wanted.size <= mostPicked) setKept({ list, picked: wanted });
      else notify({ text: t('pick.full', { most: mostPicked }), tone: 'bad' });
    };
    return {
      picked,
      toggle: (id) => set(picked.has(id) ? new Set([...picked].filter((one) => one !== id)) : new Set([...picked, id])),
      add: (ids) => set(new Set([...picked, ...ids])),
      clear: () => setKept({ list, picked: none }),
    };
  }, [picked, list, t]);
}
