import { useMemo } from 'react';
import { isNoticeType } from '../../../shared/notices.ts';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { type DescribedEvent, detailsOf, titleOf } from './describe.ts';

export interface Describe {
  /** Who or what: "Kenji Ito". */
  title(described: DescribedEvent): string;
  /** One line below it: "guest.checkin · Room 101 · 2 nights · bk_123". */
  details(described: DescribedEvent): string;
  /** Both in one phrase: "Cancellation of Kenji Ito". */
  headline(described: DescribedEvent): string;
}

/** What rows and headings say of an event, in the reader's language. */
export function useDescribe(): Describe {
  const t = useWords('events');
  const formats = useFormats();
  return useMemo(() => {
    const words = {
      nights: (count: number) => t('describe.nights', { count }),
      left: (count: number) => t('describe.left', { count }),
    };
    const title = (described: DescribedEvent) => titleOf(described, formats) ?? t(`common:event.${described.event}`);
    return {
      title,
      details: (described) => {
        const { event } = described;
        const type = isNoticeType(event) ? t(`common:event.${event}`) : event;
        return [type, ...detailsOf(described, formats, words)].join(' · ');
      },
      headline: (described) => {
        const who = titleOf(described, formats);
        return who === null ? t(`common:event.${described.event}`) : t(`of.${described.event}`, { who });
      },
    };
  }, [t, formats]);
}
