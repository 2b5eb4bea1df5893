/** Pages for what went wrong in the window itself. */
import { Compass, RotateCw, TriangleAlert } from 'lucide-react';
import { useRouteError } from 'react-router';
import { Button, ButtonLink } from '../components/Button.tsx';
import { CodeBlock } from '../components/CodeBlock.tsx';
import { EmptyState } from '../components/EmptyState.tsx';
import { Page } from '../components/Page.tsx';
import { useWords } from '../i18n/index.ts';
import { commandThatOpens } from '../lib/page-session.ts';

/** No page under this address. */
export function NotFound() {
  const t = useWords('common');
  return (
    <Page>
      <EmptyState isPage icon={Compass} title={t('notFound.title')} text={t('notFound.text')}>
        <ButtonLink to="/" kind="primary">
          {t('notFound.home')}
        </ButtonLink>
      </EmptyState>
    </Page>
  );
}

/** A page threw: the rest of the window and the engine go on. */
export function Crash() {
  const t = useWords('common');
  const problem = useRouteError();
  return (
    <Page>
      <EmptyState isPage icon={TriangleAlert} title={t('crash.title')} text={t('crash.text')}>
        <Button kind="primary" icon={RotateCw} onPress={() => window.location.reload()}>
          {t('crash.again')}
        </Button>
        <details className="mt-4 text-ink-faint text-s">
          <summary className="cursor-pointer text-center">{t('failed.detail')}</summary>
          <code className="block break-words font-code">{String(problem)}</code>
        </details>
      </EmptyState>
    </Page>
  );
}

/** The browser's session is over: a new address is needed. */
export function SessionOver() {
  const t = useWords('common');
  return (
    <Page>
      <EmptyState icon={RotateCw} title={t('session.title')} text={t('session.text')}>
        <CodeBlock code={commandThatOpens()} label={t('session.title')} />
      </EmptyState>
    </Page>
  );
}
