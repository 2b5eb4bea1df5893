import { Card } from '../../components/Card.tsx';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { useSituation } from '../../lib/situation.ts';
import type { SourceAccess } from './fresh-access.ts';
import {
  bearer,
  curlSnippet,
  erpnextData,
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
  const facts: SnippetFacts = access ?? {
    url: `${intake.address}/v1/events`,
    token: tokenPlaceholder,
    secretUrl: `${intake.address}/v1/in/${secretPlaceholder}`,
  };
  const terminals = [
    { id: 'curl', label: t('how.curl'), content: <Terminal code={curlSnippet(facts)} label={t('how.curl')} /> },
    {
      id: 'powershell',
      label: t('how.powershell'),
      content: <Terminal code={powershellSnippet(facts)} label={t('how.powershell')} />,
    },
  ];
  return (
    <Card title={t('how.title')}>
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
        {intake.lan ? (
          <p className="break-words">
            {t('how.lan', { address: intake.lan.address })}{' '}
            {intake.lan.fingerprint && t('how.lanFingerprint', { fingerprint: intake.lan.fingerprint })}
          </p>
        ) : (
          <p>
            <TextLink to="/settings/network">{t('how.lanOff')}</TextLink>
          </p>
        )}
      </div>
    </Card>
  );
}

function Terminal({ code, label }: { code: string; label: string }) {
  const t = useWords('sources');
  return (
    <>
      <p className="mb-2 text-ink-soft">{t('how.try')}</p>
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
      <CodeBlock code={bearer(facts)} label={t('how.header')} titled />
      <CodeBlock code={erpnextData} label={t('how.data')} titled />
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
