import { useState } from 'react';
import { intakePaths } from '../../../shared/intake-paths.ts';
import type { Situation } from '../../../shared/schemas.ts';
import { Card } from '../../components/Card.tsx';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { Select } from '../../components/Select.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { useSituation } from '../../lib/situation.ts';
import type { SourceAccess } from './fresh-access.ts';
import {
  caFile,
  curlSnippet,
  erpnextData,
  erpnextHeaders,
  fromElsewhere,
  odooSnippet,
  powershellSnippet,
  type SnippetFacts,
  secretPlaceholder,
  tokenPlaceholder,
} from './snippets.ts';

/** Ready to paste: a terminal, ERPNext, Odoo; with the token only right after it was made. */
export function HowTo({ access }: { access: SourceAccess | null }) {
  const t = useWords('sources');
  const { intake } = useSituation();
  const windows = useRelayQuery('surface.info', {}).data?.platform === 'win32';
  const here: SnippetFacts = access ?? {
    url: `${intake.address}${intakePaths.events}`,
    token: tokenPlaceholder,
    secretUrl: `${intake.address}${intakePaths.bySecret}${secretPlaceholder}`,
  };
  const [chosen, setChosen] = useState<'here' | 'elsewhere'>('here');
  // The listener may have been switched off since it was chosen.
  const lan = chosen === 'elsewhere' ? intake.lan : null;
  const facts = lan === null ? here : fromElsewhere(here, lan);
  const tryIt = t(lan === null ? 'how.try' : 'how.tryElsewhere');
  const terminals = [
    {
      id: 'curl',
      label: t('how.curl'),
      content: <Terminal note={tryIt} code={curlSnippet(facts)} label={t('how.curl')} />,
    },
    {
      id: 'powershell',
      label: t('how.powershell'),
      content: <Terminal note={tryIt} code={powershellSnippet(facts)} label={t('how.powershell')} />,
    },
  ];
  return (
    <Card title={t('how.title')}>
      {intake.lan && (
        <Select
          label={t('how.where')}
          choices={[
            { value: 'here', label: t('how.where.here'), hint: intake.address },
            { value: 'elsewhere', label: t('how.where.elsewhere'), hint: intake.lan.address },
          ]}
          value={lan === null ? 'here' : 'elsewhere'}
          onChange={setChosen}
          className="mb-3 max-w-md"
        />
      )}
      <Tabs
        label={t('how.title')}
        tabs={[
          ...(windows ? terminals.reverse() : terminals),
          { id: 'erpnext', label: t('how.erpnext'), content: <Erpnext facts={facts} /> },
          { id: 'odoo', label: t('how.odoo'), content: <Odoo facts={facts} /> },
        ]}
      />
      <div className="mt-3 flex flex-col gap-1 text-ink-soft text-s">
        {access === null && <p>{t('how.tokenMissing', { placeholder: tokenPlaceholder })}</p>}
        <p>{t('how.other')}</p>
        {intake.lan === null && (
          <p>
            <TextLink to="/settings/network">{t('how.lanOff')}</TextLink>
          </p>
        )}
      </div>
      {lan !== null && <Trust lan={lan} />}
    </Card>
  );
}

/** What the other machine needs, so that it knows this PC: its certificate, or the plain word that there is none. */
function Trust({ lan }: { lan: NonNullable<Situation['intake']['lan']> }) {
  const t = useWords('sources');
  if (lan.certificate === null) return <p className="mt-3 text-bad text-s">{t('how.plain')}</p>;
  return (
    <div className="mt-3 flex flex-col gap-2">
      <p className="text-ink-soft">{t('how.certificateText', { file: caFile })}</p>
      <CodeBlock code={lan.certificate.trim()} label={caFile} titled />
      {lan.fingerprint !== null && (
        <p className="break-words text-ink-soft text-s">{t('how.lanFingerprint', { fingerprint: lan.fingerprint })}</p>
      )}
    </div>
  );
}

function Terminal({ note, code, label }: { note: string; code: string; label: string }) {
  return (
    <>
      <p className="mb-2 text-ink-soft">{note}</p>
      <CodeBlock code={code} label={label} />
    </>
  );
}

function Erpnext({ facts }: { facts: SnippetFacts }) {
  const t = useWords('sources');
  return (
    <div className="flex flex-col gap-3">
      <ol className="list-decimal pl-5 text-ink-soft">
        {([1, 2, 3, 4, 5] as const).map((step) => (
          <li key={step}>{t(`how.erpnext.${step}`)}</li>
        ))}
      </ol>
      <CodeBlock code={facts.url} label={t('how.address')} titled />
      {erpnextHeaders(facts).map(([name, value]) => (
        <CodeBlock key={name} code={value} label={name} titled />
      ))}
      <CodeBlock code={erpnextData} label="JSON Request Body" titled />
    </div>
  );
}

function Odoo({ facts }: { facts: SnippetFacts }) {
  const t = useWords('sources');
  return (
    <div className="flex flex-col gap-3">
      <ol className="list-decimal pl-5 text-ink-soft">
        {([1, 2, 3] as const).map((step) => (
          <li key={step}>{t(`how.odoo.${step}`)}</li>
        ))}
      </ol>
      <CodeBlock code={odooSnippet(facts)} label={t('how.code')} titled />
    </div>
  );
}
