import { useState } from 'react';
import { type RetentionDays as Days, keptWithin, retentionContradiction } from '../../../shared/retention.ts';
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
import { useSay } from '../../lib/sentences.ts';
import { notify } from '../../lib/toasts.ts';
import type { SectionProps } from './section.ts';
import { useSaveSettings } from './useSave.ts';

type Kept = keyof Settings['keep'];

const kinds = ['payloadDays', 'answerDays', 'refusedDays', 'auditDays'] as const satisfies readonly Kept[];
const endless = ['exportDays', 'backupDays'] as const satisfies readonly Kept[];

const daysOf = ({ retentionDays, keep }: Days): Days => ({ retentionDays, keep });
const same = (one: Days, other: Days) => JSON.stringify(daysOf(one)) === JSON.stringify(daysOf(other));

/** What guests are named in stays for longer than is recommended, and as long as anything of its event. */
const isAsLongAsEvents = ({ retentionDays, keep: { payloadDays } }: Days): boolean =>
  payloadDays >= retentionDays && payloadDays > recommendedRetention.keep.payloadDays;

/** How long each kind of data is kept; what other days would remove now is shown before they are saved. */
export function RetentionCard({ settings }: Pick<SectionProps, 'settings'>) {
  const t = useWords('settings');
  const client = useClient();
  const say = useSay();
  const { save, isPending } = useSaveSettings(settings);
  const kept = daysOf(settings);
  const [edited, setEdited] = useState<{ readonly of: string; readonly days: Days } | null>(null);
  const [looked, setLooked] = useState<{ readonly days: Days; readonly look: RetentionLook } | null>(null);
  const [isLooking, setLooking] = useState(false);
  const key = JSON.stringify(kept);
  // What was saved meanwhile, or taken back, stands in the fields again.
  const days = edited?.of === key ? edited.days : kept;
  const set = (change: Partial<Days>) => setEdited({ of: key, days: { ...days, ...change } });
  const wrong = retentionContradiction(days);
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
        {isAsLongAsEvents(settings) && !same(days, recommendedRetention) && (
          <Banner tone="still">
            <p className="mb-2">{t('keep.older', { count: settings.keep.payloadDays })}</p>
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
            onChange={(value) => {
              const retentionDays = number(value, kept.retentionDays);
              set({ retentionDays, keep: keptWithin({ retentionDays, keep: days.keep }) });
            }}
          />
          {kinds.map((kind) => (
            <NumberField
              key={kind}
              label={`${t(`keep.${kind}`)} (${t('keep.days')})`}
              {...(kind === 'payloadDays' && { hint: t('keep.payloadDays.hint') })}
              value={days.keep[kind]}
              minValue={1}
              maxValue={3650}
              onChange={(value) => {
                const keep = { ...days.keep, [kind]: number(value, kept.keep[kind]) };
                // Answers go with what was said: the shorter days are seen before they are saved.
                const answerDays =
                  kind === 'payloadDays' ? Math.min(keep.answerDays, keep.payloadDays) : keep.answerDays;
                set({ keep: { ...keep, answerDays } });
              }}
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
        {wrong !== null && <Banner tone="wait">{say(wrong.says)}</Banner>}
        <Button
          kind="primary"
          className="self-start"
          onPress={() => void look(days)}
          isPending={isLooking || isPending}
          isDisabled={same(days, kept) || wrong !== null}
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
