import { Banner } from '../../components/Banner.tsx';
import { Card } from '../../components/Card.tsx';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { useWords } from '../../i18n/index.ts';
import type { SourceAccess } from './fresh-access.ts';

/** The token and the secret address right after they were made; afterwards, that they are not kept. */
export function AccessCard({ access }: { access: SourceAccess | null }) {
  const t = useWords('sources');
  if (access === null) {
    return (
      <Card title={t('detail.token')}>
        <p className="text-ink-soft">{t('detail.tokenHidden')}</p>
      </Card>
    );
  }
  return (
    <Card title={t('detail.access')}>
      <div className="flex flex-col gap-3">
        <Banner tone="wait">{t('detail.tokenOnce')}</Banner>
        <CodeBlock code={access.token} label={t('detail.token')} titled />
        <div>
          <CodeBlock code={access.secretUrl} label={t('detail.secretUrl')} titled />
          <p className="mt-1 text-ink-faint text-s">{t('detail.secretUrlHint')}</p>
        </div>
      </div>
    </Card>
  );
}
