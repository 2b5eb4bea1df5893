/** How an endpoint is set up. What is secret is masked, and shown on purpose. */
import type { ReactNode } from 'react';
import { askedMembers, shownText } from '../../../shared/endpoint-kinds/asked.ts';
import { kindNamed, unverifiedBecause } from '../../../shared/endpoint-kinds/index.ts';
import { numberOptions, optionalNumbers, switchOptions } from '../../../shared/endpoint-kinds/options.ts';
import { rulesTold } from '../../../shared/endpoint-kinds/rules.ts';
import type { Endpoint } from '../../../shared/schemas.ts';
import { Card } from '../../components/Card.tsx';
import { Scroller } from '../../components/Scroller.tsx';
import { Secret } from '../../components/Secret.tsx';
import { Time } from '../../components/Time.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useSay } from '../../lib/sentences.ts';
import { StartRotation } from './Rotation.tsx';
import { useEndpointActs } from './useEndpointActs.ts';

/** Numbers that belong together stand in one line. */
const groups = [...new Set(numberOptions.map(({ of }) => of))];

export function SetUpCard({ endpoint }: { endpoint: Endpoint }) {
  const t = useWords('endpoints');
  const formats = useFormats();
  const acts = useEndpointActs();
  const say = useSay();
  const { name } = endpoint;
  const unverified = unverifiedBecause(endpoint.kind);
  return (
    <Card title={t('detail.settings')}>
      <dl className="flex flex-col gap-3.5">
        <Fact name={t('detail.address')}>
          <Secret
            label={t('secret.address', { name })}
            masked={endpoint.address}
            reveal={() => acts.reveal(endpoint, 'address')}
          />
        </Fact>
        <KindFacts endpoint={endpoint} />
        <Fact name={t('detail.events')}>
          <ul className="flex flex-col gap-0.5">
            {endpoint.events.map((event) => (
              <li key={event}>
                {t(`common:event.${event}`)} <code className="text-ink-faint text-xs">{event}</code>
              </li>
            ))}
          </ul>
        </Fact>
        {endpoint.rules !== null && <Fact name={t('rules.title')}>{rulesTold(endpoint.rules, say)}</Fact>}
        <Fact name={t('detail.secret')}>
          {unverified === null ? (
            <>
              <Secret
                label={t('secret.label', { name })}
                masked={endpoint.secretTail}
                reveal={() => acts.reveal(endpoint, 'secret')}
              />
              {endpoint.rotation === null && endpoint.switch !== 'removed' && <StartRotation endpoint={endpoint} />}
            </>
          ) : (
            say({ key: unverified, params: {} })
          )}
        </Fact>
        <Fact name={t('detail.headers')}>
          {endpoint.headers.length === 0 && t('detail.noHeaders')}
          <ul className="flex flex-col gap-2">
            {endpoint.headers.map((header) => (
              <li key={header.name}>
                <code className="font-code text-s">{header.name}</code>
                <Secret
                  label={t('secret.header', { header: header.name })}
                  masked={header.masked}
                  reveal={() => acts.reveal(endpoint, { header: header.name })}
                />
              </li>
            ))}
          </ul>
        </Fact>
        <Fact name={t('detail.ca')}>
          {endpoint.ca === null ? (
            t('detail.noCa')
          ) : (
            <>
              <p>{endpoint.ca.subject}</p>
              <p className="text-ink-faint text-s">
                {t('detail.caExpires', { time: formats.time(endpoint.ca.expiresAt) })}
              </p>
              <p className="break-all font-code text-ink-faint text-xs">{endpoint.ca.fingerprint}</p>
            </>
          )}
        </Fact>
        {groups.map((of) => (
          <Fact key={of} name={t(`detail.option.${of}`)}>
            {t(`detail.option.${of}.text`, eachAs(formats.number, endpoint[of]))}
          </Fact>
        ))}
        {optionalNumbers.map(({ name }) => {
          const value = endpoint[name];
          return (
            <Fact key={name} name={t(`detail.option.${name}`)}>
              {value === null
                ? t(`detail.option.${name}.off`)
                : t(`detail.option.${name}.text`, { value: formats.number(value) })}
            </Fact>
          );
        })}
        {switchOptions.map(({ name }) => (
          <Fact key={name} name={t(`detail.option.${name}`)}>
            {t(`detail.option.${name}.${endpoint[name] ? 'on' : 'off'}`)}
          </Fact>
        ))}
        <Fact name={t('detail.created')}>
          <Time at={endpoint.createdAt} />
        </Fact>
      </dl>
    </Card>
  );
}

/** What it is sent, and what was chosen for that alone; of its secrets the mask. */
function KindFacts({ endpoint: { kind, config, kindSecrets } }: { endpoint: Endpoint }) {
  const t = useWords('endpoints');
  const say = useSay();
  const { words } = kindNamed(kind);
  const shown = { ...config, ...Object.fromEntries(kindSecrets.map(({ name, masked }) => [name, masked])) };
  const members = askedMembers(kind)
    .map(({ name, as }) => ({ name, as, text: shownText(shown[name], as) }))
    .filter(({ text }) => text !== '' && text !== 'false');
  const nameOf = (member: string) => {
    const key = words.asks?.[member];
    return key === undefined ? member : say({ key, params: {} });
  };
  return (
    <>
      <Fact name={t('form.kind')}>{say({ key: words.name, params: {} })}</Fact>
      {members.map(({ name, as, text }) => (
        <Fact key={name} name={nameOf(name)}>
          {as === 'lines' ? (
            <details>
              <summary className="cursor-pointer text-s">{t('detail.showTemplate')}</summary>
              <Scroller label={nameOf(name)} className="mt-1 overflow-auto rounded-m bg-sunken p-2">
                <pre className="font-code text-xs">{text}</pre>
              </Scroller>
            </details>
          ) : as === 'switch' ? (
            t('detail.isOn')
          ) : (
            <span className="break-all">{text}</span>
          )}
        </Fact>
      ))}
    </>
  );
}

function eachAs<Values extends Record<string, number>>(text: (value: number) => string, values: Values) {
  const texts = Object.entries(values).map(([name, value]) => [name, text(value)]);
  return Object.fromEntries(texts) as Record<keyof Values, string>;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="mb-0.5 text-ink-soft text-s">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
