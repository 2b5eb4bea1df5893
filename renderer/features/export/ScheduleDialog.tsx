/** Sets an export up that is made by itself: when, into which folder, for how long it is kept, and whether guests leave. */
import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { CallInput } from '../../../shared/api.ts';
import { type ExportSchedule, type ScheduleRhythm, scheduleRhythms } from '../../../shared/schemas.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Checkbox } from '../../components/Checkbox.tsx';
import { Confirm, Dialog } from '../../components/Dialog.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { Select } from '../../components/Select.tsx';
import { Switch } from '../../components/Switch.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { notify } from '../../lib/toasts.ts';
import { FullReason, isReason } from './FullReason.tsx';
import { KeptByRules } from './KeptByRules.tsx';

type Draft = CallInput<'schedules.add'>['schedule'];
/** What the file holds, as it is chosen on the page. */
export type ScheduledChoice = Pick<Draft, 'what' | 'format' | 'columns' | 'filter' | 'eventFilter'>;

const usualDays = 90;
/** What an event said is there for a whole month, if it is kept for so long. */
const monthDays = 30;

export interface ScheduleDialogProps {
  readonly onClose: () => void;
  readonly chosen: ScheduledChoice;
  /** The one that is changed; null: a new one. */
  readonly was: ExportSchedule | null;
}

export function ScheduleDialog({ onClose, chosen, was }: ScheduleDialogProps) {
  const t = useWords('export');
  const desktop = useRelayQuery('surface.info', {}).data?.surface === 'desktop';
  const payloadDays = useRelayQuery('settings.get', {}).data?.keep.payloadDays ?? monthDays;
  const [every, setEvery] = useState<ScheduleRhythm>(was?.every ?? 'night');
  const [folder, setFolder] = useState<string | null>(null);
  const [keepDays, setKeepDays] = useState<number | null>(was === null ? usualDays : was.keepDays);
  const [isFull, setFull] = useState(was !== null && was.fullReason !== null);
  const [reason, setReason] = useState(was?.fullReason ?? '');
  const [takesChosen, setTakesChosen] = useState(was === null);
  const [isAsked, setAsked] = useState(false);
  const told = { onError: ({ message }: { message: string }) => notify({ text: message, tone: 'bad' }) };
  const saved = (text: string) => ({
    ...told,
    onSuccess: () => {
      notify({ text, tone: 'fine' });
      onClose();
    },
  });
  const add = useRelayMutation('schedules.add', saved(t('schedule.added')));
  const change = useRelayMutation('schedules.change', saved(t('schedule.changed')));
  const choose = useRelayMutation('surface.chooseFile', {
    ...told,
    onSuccess: ({ file }) => file !== null && setFolder(file),
  });
  const isPending = add.isPending || change.isPending;
  const title = was === null ? t('schedule.title') : t('schedule.change.title');

  function save() {
    setAsked(false);
    const draft = {
      ...(takesChosen || was === null ? chosen : heldBy(was)),
      every,
      keepDays,
      ...(isFull ? { full: { reason: reason.trim() } } : {}),
    };
    if (was === null) add.mutate({ schedule: { ...draft, folder }, confirmed: isFull });
    else {
      const moved = folder === null ? {} : { folder };
      change.mutate({ id: was.id, schedule: { ...draft, bom: was.bom, ...moved }, confirmed: isFull });
    }
  }

  return (
    <>
      <Dialog
        isOpen={!isAsked}
        onClose={onClose}
        title={title}
        actions={
          <>
            <Button onPress={onClose}>{t('common:act.cancel')}</Button>
            <Button
              kind="primary"
              onPress={() => (isFull ? setAsked(true) : save())}
              isPending={isPending}
              isDisabled={isFull && !isReason(reason)}
            >
              {was === null ? t('schedule.save') : t('schedule.change.save')}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          <p className="text-ink-soft">{was === null ? t('schedule.note') : t('schedule.change.note')}</p>
          <Select
            label={t('schedule.every')}
            value={every}
            onChange={setEvery}
            choices={scheduleRhythms.map((value) => ({ value, label: t(`schedule.every.${value}`) }))}
          />
          {every === 'month' && payloadDays < monthDays && (
            <Banner tone="wait">{t('schedule.contentGoes', { days: payloadDays })}</Banner>
          )}
          <div className="flex flex-col gap-1">
            <span className="font-medium">{t('schedule.folder')}</span>
            <span className="break-all text-ink-soft">{folder ?? was?.folder ?? t('schedule.ownFolder')}</span>
            {desktop ? (
              <Button
                icon={FolderOpen}
                className="self-start"
                isPending={choose.isPending}
                onPress={() => choose.mutate({ purpose: 'folder', name: folder ?? was?.folder ?? '' })}
              >
                {t('schedule.choose')}
              </Button>
            ) : (
              <span className="text-ink-faint text-s">{t('schedule.inBrowser')}</span>
            )}
          </div>
          <Switch isSelected={keepDays === null} onChange={(always) => setKeepDays(always ? null : usualDays)}>
            {t('schedule.keepAlways')}
          </Switch>
          {keepDays !== null && (
            <NumberField
              label={t('schedule.keepDays')}
              hint={t('schedule.keepDays.hint')}
              value={keepDays}
              minValue={1}
              maxValue={3650}
              onChange={(days) => setKeepDays(Number.isNaN(days) ? keepDays : days)}
            />
          )}
          {was !== null && (
            <Checkbox isSelected={takesChosen} onChange={setTakesChosen}>
              {t('schedule.takeChosen')}
            </Checkbox>
          )}
          <Switch isSelected={isFull} onChange={setFull} hint={t('schedule.full.hint')}>
            {t('schedule.full')}
          </Switch>
          {isFull ? <FullReason value={reason} onChange={setReason} /> : <KeptByRules />}
        </div>
      </Dialog>
      <Confirm
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        title={t('schedule.full.title')}
        verb={t('schedule.full.confirm')}
        onConfirm={save}
      >
        {t('schedule.full.text')}
      </Confirm>
    </>
  );
}

/** What it holds now, to be kept by a change. */
const heldBy = ({ what, format, columns, filter, eventFilter }: ExportSchedule): ScheduledChoice => ({
  what,
  format,
  filter,
  eventFilter,
  ...(columns === null ? {} : { columns }),
});
