/** What comes next for a delivery that has not arrived, in two words and in a sentence. */
import { useMemo } from 'react';
import type { DeliveryRow } from '../../../shared/schemas.ts';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';

/** What holds up a resend, too. */
const holdingUp = [
  'offline',
  'silence',
  'local_network',
  'sign_in_page',
  'interception',
  'proxy',
  'clock',
  'all_paused',
] as const;
const isHeldUp = (reason: DeliveryRow['resendWaits']): reason is (typeof holdingUp)[number] =>
  holdingUp.some((one) => one === reason);

/** True where it waits for somebody's word, not for time. */
export const isHeld = (row: DeliveryRow): boolean => row.reason === 'endpoint_paused' || row.reason === 'all_paused';

export interface Next {
  /** For a row: "next 08:46", "after recovery". */
  short(row: DeliveryRow): string;
  /** For the details; null where there is nothing to be said. */
  sentence(row: DeliveryRow): string | null;
}

export function useNext(): Next {
  const t = useWords('deliveries');
  const formats = useFormats();
  return useMemo(
    () => ({
      short: (row) => {
        if (row.state === 'needs_attention')
          return t(row.reason === 'too_old' || row.reason === 'shape' ? `next.${row.reason}` : 'next.none');
        if (row.state === 'sending') return t('try.running');
        const time = row.nextAttemptAt === null ? null : formats.time(row.nextAttemptAt);
        switch (row.reason) {
          case null:
          case 'retry':
            return time === null ? t('next.due') : t('next.at', { time });
          case 'throttled':
            return time === null ? t('next.due') : t('next.throttled', { time });
          default:
            return t(`next.${row.reason}`);
        }
      },
      sentence: (row) => {
        if (row.resendWaits !== null) {
          const why = isHeldUp(row.resendWaits) ? t(`why.${row.resendWaits}`) : null;
          return [t('why.resendAsked', { endpoint: row.endpointName }), why].filter(Boolean).join(' ');
        }
        if (row.state !== 'waiting' && row.state !== 'cancelled' && row.reason !== 'too_old' && row.reason !== 'shape')
          return null;
        const time = row.nextAttemptAt === null ? null : formats.time(row.nextAttemptAt);
        const endpoint = row.endpointName;
        switch (row.reason) {
          case null:
            return null;
          case 'retry':
          case 'throttled':
            return time === null ? t('why.due') : t(`why.${row.reason}`, { time });
          default:
            return t(`why.${row.reason}`, { endpoint });
        }
      },
    }),
    [t, formats],
  );
}
