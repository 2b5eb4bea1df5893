import { CircleCheck, CircleDashed } from 'lucide-react';
import { isPropertyKnown } from '../../../shared/property.ts';
import type { Situation } from '../../../shared/schemas.ts';
import { ButtonLink } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Icon } from '../../components/Icon.tsx';
import { useWords } from '../../i18n/index.ts';

const steps = [
  { name: 'property', to: '/settings/general', done: isPropertyKnown },
  {
    name: 'source',
    to: '/sources/new',
    done: (now: Situation) => now.sources.some(({ revokedAt }) => revokedAt === null),
  },
  {
    name: 'endpoint',
    to: '/endpoints/new',
    // A draft takes nothing: the sentence above says so, too.
    done: ({ endpoints, lastEventAt }: Situation) =>
      endpoints.some((endpoint) => endpoint.switch === 'on') || (lastEventAt !== null && endpoints.length > 0),
  },
  { name: 'event', to: '/sources', done: (now: Situation) => now.lastEventAt !== null },
] as const;

/** What is left to set up, in order; nothing once events come in. */
export function FirstSteps({ situation }: { situation: Situation }) {
  const t = useWords('today');
  const next = steps.find((step) => !step.done(situation));
  if (!next) return null;
  return (
    <Card title={t('steps.title')}>
      <ol>
        {steps.map((step, index) => {
          const done = step.done(situation);
          return (
            <li
              key={step.name}
              {...(step === next && { 'aria-current': 'step' as const })}
              className="flex items-start gap-3 border-line border-t py-3"
            >
              <Icon
                of={done ? CircleCheck : CircleDashed}
                className={done ? 'mt-px text-fine' : 'mt-px text-ink-faint'}
              />
              <div className="min-w-0 flex-1">
                <p className="font-semibold">
                  {index + 1}. {t(`steps.${step.name}`)}
                  {done && <span className="font-normal text-fine"> · {t('steps.done')}</span>}
                </p>
                <p className="text-ink-soft">{t(`steps.${step.name}Text`)}</p>
                {step === next && (
                  <ButtonLink
                    to={step.name === 'endpoint' && situation.endpoints.length > 0 ? '/endpoints' : step.to}
                    kind="primary"
                    className="mt-2"
                  >
                    {t(`steps.${step.name}Act`)}
                  </ButtonLink>
                )}
              </div>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
