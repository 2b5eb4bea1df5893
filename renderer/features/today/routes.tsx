import type { RouteObject } from 'react-router';
import { Page } from '../../components/Page.tsx';
import { useConditions, useSituation } from '../../lib/situation.ts';
import { useWork, WorkStrips } from '../deliveries/Work.tsx';
import { ConditionGroups } from './ConditionCards.tsx';
import { EndpointsCard } from './EndpointsCard.tsx';
import { FirstSteps } from './FirstSteps.tsx';
import { HoursCard } from './HoursCard.tsx';
import { SourcesCard } from './SourcesCard.tsx';
import { StoryCard } from './StoryCard.tsx';
import { TruthSentence } from './TruthSentence.tsx';

function TodayPage() {
  const situation = useSituation();
  const { endpoints, sources, hours } = situation;
  const conditions = useConditions();
  const work = useWork();
  return (
    <Page>
      <TruthSentence />
      <WorkStrips work={work} />
      <div className="grid grid-cols-[minmax(0,1fr)_356px] items-start gap-4.5 max-[1150px]:grid-cols-[minmax(0,1fr)_320px] max-[899px]:grid-cols-1">
        <div className="flex min-w-0 flex-col gap-4.5">
          <ConditionGroups conditions={conditions.filter(({ tone }) => tone !== 'fine')} />
          <FirstSteps situation={situation} />
          <StoryCard situation={situation} conditions={conditions} />
          {situation.lastEventAt !== null && <HoursCard hours={hours} />}
        </div>
        <div className="flex min-w-0 flex-col gap-4.5">
          <EndpointsCard endpoints={endpoints} />
          <SourcesCard sources={sources.filter(({ revokedAt }) => revokedAt === null)} />
        </div>
      </div>
    </Page>
  );
}

/** What stands under `/`. */
export const routes: RouteObject[] = [{ index: true, element: <TodayPage /> }];
