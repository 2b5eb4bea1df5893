import { useState } from 'react';
import { type UtcMs, utcMs } from '../../../shared/domain.ts';
import type { Endpoint } from '../../../shared/schemas.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Select } from '../../components/Select.tsx';
import { useWords } from '../../i18n/index.ts';
import { dayOf, startOfDay } from '../../lib/days.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useEndpointActs } from './useEndpointActs.ts';

type Until = 'hour' | 'fourHours' | 'tomorrow' | 'open';

const hourMs = 3_600_000;
/** "Tomorrow" begins when the front desk's day does. */
const tomorrowAtHour = 8;

/** Asks until when; pausing itself can be undone. */
export function PauseDialog({ endpoint, onClose }: { endpoint: Endpoint; onClose: () => void }) {
  const t = useWords('endpoints');
  const formats = useFormats();
  const acts = useEndpointActs();
  const [until, setUntil] = useState<Until>('hour');
  const { name } = endpoint;
  const now = Date.now();
  const tomorrow = startOfDay(dayOf(utcMs(now + 24 * hourMs), formats.timeZone), formats.timeZone) ?? utcMs(now);
  const times: Record<Until, UtcMs | null> = {
    hour: utcMs(now + hourMs),
    fourHours: utcMs(now + 4 * hourMs),
    tomorrow: utcMs(tomorrow + tomorrowAtHour * hourMs),
    open: null,
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('pause.title', { name })}
      actions={
        <>
          <Button onPress={onClose}>{t('common:act.cancel')}</Button>
          <Button
            kind="primary"
            onPress={() => {
              acts.pause(endpoint, times[until]);
              onClose();
            }}
          >
            {t('pause.act', { name })}
          </Button>
        </>
      }
    >
      <p className="mb-3 text-ink-soft">{t('pause.text')}</p>
      <Select<Until>
        label={t('pause.until')}
        value={until}
        onChange={setUntil}
        choices={[
          { value: 'hour', label: t('pause.hour') },
          { value: 'fourHours', label: t('pause.fourHours') },
          { value: 'tomorrow', label: t('pause.tomorrow', { time: formats.clock(times.tomorrow ?? utcMs(now)) }) },
          { value: 'open', label: t('pause.open') },
        ]}
      />
    </Dialog>
  );
}
