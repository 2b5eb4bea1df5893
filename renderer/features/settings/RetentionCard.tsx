import { useState } from 'react';
import { type RetentionLook, recommendedRetention, type Settings } from '../../../shared/schemas.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Confirm } from '../../components/Dialog.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { Switch } from '../../components/Switch.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { ask, CallFailure, useClient } from '../../lib/queries.ts';
import { notify } from '../../lib/toasts.ts';
import type { SectionProps } from './section.ts';
import { useSaveSettings } from './useSave.ts';

type Days = Pick<Settings, 'retentionDays' | 'keep'>;
type Kept = keyof Settings['keep'];

const kinds = ['payloadDays', 'answerDays', 'refusedDays', 'auditDays'] as const satisfies readonly Kept[];
const endless = ['exportDays', 'backupDays'] as const satisfies readonly Kept[];

const daysOf = ({ retentionDays, keep }: Days): Days => ({ retentionDays, keep });
const same = (one: Days, other: Days) => JSON.stringify(daysOf(one)) === JSON.stringify(daysOf(other));

/** How long each kind of data is kept; what other days would remove now is shown before they are saved. */
export function RetentionCard({ settings }: Pick<SectionProps, 'settings'>) {
  const t = useWords('settings');
  const client = useClient();
  const { save, isPending } = useSaveSettings(settings);
  const kept = daysOf(settings);
  const [edited, setEdited] = useState<{ readonly of: string; readonly days: Days } | null>(null);
  const [looked, setLooked] = useState<{ readonly days: Days; readonly look: RetentionLook } | null>(null);
  const [isLooking, setLooking] = useState(false);
  const key = JSON.stringify(kept);
  // What was saved meanwhile, or taken back, stands in the fields again.
  const days = edited?.of === key ? edited.days : kept;
  const set = (change: Partial<Days>) => setEdited({ of: key, days: { ...days, ...change } });
  const number = (value: number, now: number) => (Number.isNaN(value) ? now : value);

  async function look(asked: Days) {
    setLooking(true);
    try {
      setLooked({ days: asked, look: await ask(client, 'retention.look', asked) });
    } catch (problem) {
      if (!(problem instanceof CallFailure)) throw problem;
      notify({ text: problem.message, tone: 'bad' });
    } finally {
      setLooking(false);
    }
  }

  return (
    <Card title={t('keep.title')}>
      <div className="flex flex-col gap-4">
        <p className="text-ink-soft">{t('keep.note')}</p>
        {settings.keep.payloadDays >= settings.retentionDays && !same(days, recommendedRetention) && (
          <Banner tone="still">
            <p className="mb-2">{t('keep.older')}</p>
            <Button onPress={() => setEdited({ of: key, days: recommendedRetention })}>{t('keep.recommended')}</Button>
          </Banner>
        )}
        <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
          <NumberField
            label={`${t('keep.retentionDays')} (${t('keep.days')})`}
            hint={t('keep.retentionDays.hint')}
            value={days.retentionDays}
            minValue={1}
            maxValue={3650}
            onChange={(value) => set({ retentionDays: number(value, kept.retentionDays) })}
          />
          {kinds.map((kind) => (
            <NumberField
              key={kind}
              label={`${t(`keep.${kind}`)} (${t('keep.days')})`}
              {...(kind === 'payloadDays' && { hint: t('keep.payloadDays.hint') })}
              value={days.keep[kind]}
              minValue={1}
              maxValue={3650}
              onChange={(value) => set({ keep: { ...days.keep, [kind]: number(value, kept.keep[kind]) } })}
            />
          ))}
          {endless.map((kind) => (
            <div key={kind} className="flex flex-col gap-2">
              <Switch
                isSelected={days.keep[kind] === null}
                onChange={(always) => set({ keep: { ...days.keep, [kind]: always ? null : 90 } })}
              >
                {t(`keep.${kind}.always`)}
              </Switch>
              {days.keep[kind] !== null && (
                <NumberField
                  label={`${t(`keep.${kind}`)} (${t('keep.days')})`}
                  value={days.keep[kind]}
                  minValue={1}
                  maxValue={3650}
                  onChange={(value) => set({ keep: { ...days.keep, [kind]: number(value, 90) } })}
                />
              )}
            </div>
          ))}
        </div>
        <p className="text-ink-soft text-s">{t('keep.ofFiles')}</p>
        <Button
          kind="primary"
          className="self-start"
          onPress={() => void look(days)}
          isPending={isLooking || isPending}
          isDisabled={same(days, kept)}
        >
          {t('keep.look')}
        </Button>
      </div>
      <Confirm
        isOpen={looked !== null}
        onClose={() => setLooked(null)}
        title={t('keep.confirm')}
        verb={t('keep.verb')}
        onConfirm={() => {
          if (looked) save(looked.days);
          setLooked(null);
        }}
      >
        {looked && <Removed look={looked.look} />}
      </Confirm>
    </Card>
  );
}

function Removed({ look }: { look: RetentionLook }) {
  const t = useWords('settings');
  const { number } = useFormats();
  const some = (['events', 'payloads', 'answers', 'refused', 'acts', 'files'] as const).filter(
    (kind) => look[kind] > 0,
  );
  if (some.length === 0) return <p>{t('keep.nothing')}</p>;
  return (
    <>
      <p>{t('keep.would')}</p>
      <ul className="mt-1 list-disc pl-5">
        {some.map((kind) => (
          <li key={kind}>{t(`keep.${kind}`, { count: look[kind], shown: number(look[kind]) })}</li>
        ))}
      </ul>
    </>
  );
}
