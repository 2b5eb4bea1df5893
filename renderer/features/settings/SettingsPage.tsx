import { Navigate, useNavigate, useParams } from 'react-router';
import { Failed } from '../../components/Failed.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { About } from './About.tsx';
import { Activity } from './Activity.tsx';
import { General } from './General.tsx';
import { Network } from './Network.tsx';
import { Notifications } from './Notifications.tsx';
import { Storage } from './Storage.tsx';

const sections = {
  general: General,
  notifications: Notifications,
  network: Network,
  storage: Storage,
  activity: Activity,
  about: About,
};
const sectionNames = Object.keys(sections) as (keyof typeof sections)[];

/** The settings, a tab for each of their areas. */
export function SettingsPage() {
  const t = useWords('settings');
  const navigate = useNavigate();
  const { section } = useParams();
  const selected = sectionNames.find((name) => name === section);
  const settings = useRelayQuery('settings.get', {});
  const preferences = useRelayQuery('preferences.get', {});
  const failure = settings.error ?? preferences.error;
  const again = () => {
    void settings.refetch();
    void preferences.refetch();
  };
  if (!selected) return <Navigate to="/settings/general" replace />;
  return (
    <Page>
      <PageHeader title={t('title')} />
      {failure ? (
        <Failed error={failure} again={again} />
      ) : !settings.data || !preferences.data ? (
        <Loading />
      ) : (
        <Tabs
          label={t('section.label')}
          selected={selected}
          onSelect={(name) => void navigate(`/settings/${name}`)}
          tabs={sectionNames.map((name) => {
            const Section = sections[name];
            return {
              id: name,
              label: t(`section.${name}`),
              content: (
                <div className="flex max-w-3xl flex-col gap-4.5 pt-1">
                  <Section settings={settings.data} preferences={preferences.data} />
                </div>
              ),
            };
          })}
        />
      )}
    </Page>
  );
}
