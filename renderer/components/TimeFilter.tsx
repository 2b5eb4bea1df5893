import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import type { UtcMs } from '../../shared/domain.ts';
import { useWords } from '../i18n/index.ts';
import { type Span, spans } from '../lib/filter-address.ts';
import { useFormats } from '../lib/formats-context.ts';
import { momentOf, windowOf } from '../lib/time-window.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { popoverLook } from './Select.tsx';
import { TextField } from './TextField.tsx';

export interface ChosenTime {
  readonly span: Span | null;
  readonly from?: UtcMs | undefined;
  readonly to?: UtcMs | undefined;
}

/** When: one of the usual spans, or from one minute to another of the property's clock. */
export function TimeFilter({ chosen, onChange }: { chosen: ChosenTime; onChange: (time: ChosenTime) => void }) {
  const t = useWords('common');
  const summary = useTimeSummary(chosen);
  const narrowed = chosen.span !== null || chosen.from !== undefined || chosen.to !== undefined;
  return (
    <DialogTrigger>
      <Button aria-label={`${t('filter.time')}: ${summary}`} className={narrowed ? 'border-brand bg-brand-wash' : ''}>
        {summary}
        <Icon of={ChevronDown} size={16} className="text-ink-faint" />
      </Button>
      <Popover className={popoverLook} placement="bottom end">
        <Dialog aria-label={t('filter.time')} className="flex w-80 flex-col gap-1 p-2 outline-none">
          {({ close }) => {
            const choose = (time: ChosenTime) => {
              onChange(time);
              close();
            };
            return (
              <>
                {[null, ...(Object.keys(spans) as Span[])].map((span) => (
                  <Button
                    key={span ?? 'any'}
                    kind="quiet"
                    aria-pressed={narrowed ? span !== null && chosen.span === span : span === null}
                    className="justify-start aria-pressed:bg-brand-wash aria-pressed:text-ink"
                    onPress={() => choose({ span })}
                  >
                    {t(`filter.time.${span ?? 'any'}`)}
                  </Button>
                ))}
                <Window chosen={chosen} onChange={choose} />
              </>
            );
          }}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** From one minute to another of the property's clock; a day without a time is the whole day. */
function Window({ chosen, onChange }: { chosen: ChosenTime; onChange: (time: ChosenTime) => void }) {
  const t = useWords('common');
  const { timeZone, now } = useFormats();
  const [from, setFrom] = useState(momentOf(chosen.from, timeZone));
  const [to, setTo] = useState(momentOf(chosen.to, timeZone));
  const time = windowOf(from, to, timeZone, now);
  return (
    <form
      className="mt-1 flex flex-col gap-2 border-line border-t pt-2"
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ span: null, ...time });
      }}
    >
      {(['from', 'to'] as const).map((side) => {
        const [moment, set] = side === 'from' ? [from, setFrom] : [to, setTo];
        return (
          <div key={side} className="grid grid-cols-[minmax(0,1fr)_7.5rem] gap-2">
            <TextField
              type="date"
              label={t(`filter.time.${side}Field`)}
              value={moment.day}
              onChange={(day) => set({ ...moment, day })}
            />
            <TextField
              type="time"
              label={t(`filter.time.${side}Clock`)}
              value={moment.clock}
              onChange={(clock) => set({ ...moment, clock })}
            />
          </div>
        );
      })}
      {time.from !== undefined && time.to !== undefined && time.from > time.to && (
        <p role="alert" className="text-bad text-s">
          {t('filter.time.wrongOrder')}
        </p>
      )}
      <Button
        type="submit"
        isDisabled={
          (time.from === undefined && time.to === undefined) ||
          (time.from !== undefined && time.to !== undefined && time.from > time.to)
        }
      >
        {t('filter.time.apply')}
      </Button>
    </form>
  );
}

/** "Last 7 days", "3 May 00:00 to 4 May 23:59". */
function useTimeSummary({ span, from, to }: ChosenTime): string {
  const t = useWords('common');
  const formats = useFormats();
  if (span !== null) return t(`filter.time.${span}`);
  if (from !== undefined && to !== undefined)
    return t('filter.time.between', { from: formats.time(from), to: formats.time(to) });
  if (from !== undefined) return t('filter.time.from', { from: formats.time(from) });
  if (to !== undefined) return t('filter.time.to', { to: formats.time(to) });
  return t('filter.time.any');
}
