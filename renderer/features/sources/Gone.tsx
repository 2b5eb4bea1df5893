import { ButtonLink } from '../../components/Button.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useWords } from '../../i18n/index.ts';

/** An address that names no source. */
export function Gone() {
  const t = useWords('sources');
  return (
    <>
      <PageHeader title={t('common:notFound.title')} note={t('common:notFound.text')} />
      <ButtonLink to="/sources">{t('title')}</ButtonLink>
    </>
  );
}
