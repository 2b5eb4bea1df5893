/** Changing a secret as a guided swap: make the new one, hand it over and test it, then switch. */
import { ArrowRightLeft, Check, FlaskConical, KeyRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Endpoint, TestResult } from '../../../shared/schemas.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { classes } from '../../components/classes.ts';
import { Confirm, Dialog } from '../../components/Dialog.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Secret } from '../../components/Secret.tsx';
import { Select } from '../../components/Select.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayMutation } from '../../lib/queries.ts';
import { notify } from '../../lib/toasts.ts';
import { hintOfSecret, isSecret } from './form.ts';
import { TestAnswer } from './TestAndEnable.tsx';
import { sayProblem, useEndpointActs } from './useEndpointActs.ts';

const overlaps = { rotateHour: 3_600_000, rotateDay: 86_400_000, rotateWeek: 604_800_000 } as const;
type Overlap = keyof typeof overlaps;

/** Begins the swap. */
export function StartRotation({ endpoint }: { endpoint: Endpoint }) {
  const t = useWords('endpoints');
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button kind="quiet" icon={KeyRound} className="mt-1 -ml-3" onPress={() => setAsking(true)}>
        {t('rotate.start')}
      </Button>
      {asking && <StartDialog endpoint={endpoint} onClose={() => setAsking(false)} />}
    </>
  );
}

function StartDialog({ endpoint, onClose }: { endpoint: Endpoint; onClose: () => void }) {
  const t = useWords('endpoints');
  const [overlap, setOverlap] = useState<Overlap>('rotateDay');
  const [kind, setKind] = useState<'generated' | 'own'>('generated');
  const [own, setOwn] = useState('');
  const rotate = useRelayMutation('endpoints.rotate', { onError: sayProblem, onSuccess: onClose });
  const isWrong = kind === 'own' && own !== '' && !isSecret(own.trim());
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('rotate.title', { name: endpoint.name })}
      actions={
        <>
          <Button onPress={onClose}>{t('common:act.cancel')}</Button>
          <Button
            kind="primary"
            isPending={rotate.isPending}
            isDisabled={kind === 'own' && !isSecret(own.trim())}
            onPress={() =>
              rotate.mutate({
                id: endpoint.id,
                overlapMs: overlaps[overlap],
                ...(kind === 'own' && { secret: own.trim() }),
              })
            }
          >
            {t('rotate.make')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-ink-soft">{t('rotate.intro')}</p>
        <Select<'generated' | 'own'>
          label={t('form.secretKind')}
          value={kind}
          onChange={setKind}
          choices={[
            { value: 'generated', label: t('form.secretGenerated') },
            { value: 'own', label: t('form.secretOwn') },
          ]}
        />
        {kind === 'own' && (
          <TextField
            code
            type="password"
            autoComplete="off"
            label={t('form.secretOwnField')}
            hint={t(hintOfSecret(own))}
            value={own}
            onChange={setOwn}
            error={isWrong ? t('form.secretShort') : undefined}
          />
        )}
        <Select<Overlap>
          label={t('rotate.overlap')}
          value={overlap}
          onChange={setOverlap}
          choices={[
            { value: 'rotateHour', label: t('rotate.overlapHour') },
            { value: 'rotateDay', label: t('rotate.overlapDay') },
            { value: 'rotateWeek', label: t('rotate.overlapWeek') },
          ]}
        />
      </div>
    </Dialog>
  );
}

export interface RotationCardProps {
  readonly endpoint: Endpoint;
  readonly rotation: NonNullable<Endpoint['rotation']>;
}

/** The swap under way: what is done, what is next. */
export function RotationCard({ endpoint, rotation }: RotationCardProps) {
  const t = useWords('endpoints');
  const formats = useFormats();
  const acts = useEndpointActs();
  const { id, name } = endpoint;
  const [asking, setAsking] = useState(false);
  const [result, setResult] = useState<TestResult | null>(null);
  const test = useRelayMutation('endpoints.test', { onError: sayProblem, onSuccess: setResult });
  const finish = useRelayMutation('endpoints.finishRotation', {
    onError: sayProblem,
    onSuccess: () => notify({ text: t('rotate.finished', { name }) }),
  });
  const cancel = useRelayMutation('endpoints.cancelRotation', {
    onError: sayProblem,
    onSuccess: () => notify({ text: t('rotate.cancelled', { name }), tone: 'still' }),
  });
  const tested = rotation.testedAt !== null;
  return (
    <Card title={t('rotate.card')}>
      <ol className="flex flex-col gap-4">
        <Step number={1} done title={t('rotate.step1')} text={t('rotate.step1Text', { tail: rotation.nextTail })}>
          <Secret
            label={t('rotate.newLabel', { name })}
            masked={rotation.nextTail}
            reveal={() => acts.reveal(endpoint, 'next')}
          />
        </Step>
        <Step
          number={2}
          done={tested}
          title={t('rotate.step2')}
          text={
            rotation.testedAt === null
              ? t('rotate.step2Text')
              : t('rotate.step2Done', { time: formats.time(rotation.testedAt) })
          }
        >
          <Button
            kind={tested ? 'plain' : 'primary'}
            icon={FlaskConical}
            isPending={test.isPending}
            onPress={() => test.mutate({ id, next: true })}
          >
            {t('rotate.test')}
          </Button>
          {result && (
            <div className="mt-3">
              <TestAnswer result={result} endpoint={endpoint} />
            </div>
          )}
        </Step>
        <Step
          number={3}
          done={false}
          title={t('rotate.step3')}
          text={t('rotate.step3Text', { time: formats.time(rotation.endsAt) })}
        >
          <div className="flex flex-wrap gap-2">
            <Button kind={tested ? 'primary' : 'plain'} icon={ArrowRightLeft} onPress={() => setAsking(true)}>
              {t('rotate.finish')}
            </Button>
            <Button isPending={cancel.isPending} onPress={() => cancel.mutate({ id })}>
              {t('rotate.cancel')}
            </Button>
          </div>
        </Step>
      </ol>
      <Confirm
        isOpen={asking}
        onClose={() => setAsking(false)}
        title={t('rotate.finishTitle', { name })}
        verb={t('rotate.finish')}
        isPending={finish.isPending}
        onConfirm={() => {
          finish.mutate({ id });
          setAsking(false);
        }}
      >
        <p>{t('rotate.finishText')}</p>
      </Confirm>
    </Card>
  );
}

function Step(props: { number: number; done: boolean; title: string; text: string; children: ReactNode }) {
  return (
    <li className="grid grid-cols-[24px_minmax(0,1fr)] gap-x-3">
      <span
        className={classes(
          'grid size-6 place-items-center rounded-full border font-semibold text-xs',
          props.done ? 'border-fine bg-fine-wash text-fine' : 'border-line-strong text-ink-soft',
        )}
      >
        {props.done ? <Icon of={Check} size={14} /> : props.number}
      </span>
      <div className="min-w-0">
        <h3 className="font-medium">{props.title}</h3>
        <p className="mb-2 text-ink-soft">{props.text}</p>
        {props.children}
      </div>
    </li>
  );
}
