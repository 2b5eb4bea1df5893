/** That rules of the property's own keep members which would go: said wherever something leaves. Nothing where none does. */
import { keptMembers } from '../../../shared/schemas.ts';
import { Banner } from '../../components/Banner.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayQuery } from '../../lib/queries.ts';

export function KeptByRules() {
  const t = useWords('export');
  const kept = keptMembers(useRelayQuery('settings.get', {}).data?.privacyRules ?? []);
  if (kept.length === 0) return null;
  return <Banner tone="wait">{t('rules.kept', { members: kept.join(', ') })}</Banner>;
}
