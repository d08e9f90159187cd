import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';

import { asProblem } from '../api/problem';
import type { Journey } from '../api/types';
import { remember } from '../search/recent';
import { normalise } from '../search/reference_text';
import { SearchBox } from '../search/search_box';
import { useSession } from '../session/session';
import { ConnectionState } from '../stream/connection_state';
import { useLive, type Live } from '../stream/use_live';
import { ProblemPanel } from '../ui/problem_panel';
import { TimeZoneSwitch } from '../ui/time_zone';
import { arrange, askedContainer, indexEvents, isAbout } from './claims';
import { Conflicts } from './conflicts';
import { Customs } from './customs';
import { Evidence } from './evidence';
import { Expected } from './expected';
import { Headline } from './headline';
import { JourneySkeleton } from './journey_skeleton';
import { Legs } from './legs';
import { NothingKnown } from './nothing_known';
import { References } from './references';
import { Timeline } from './timeline';
import { Trips } from './trips';
import { useJourney } from './use_journey';

function tripOf(parameters: URLSearchParams): number | undefined {
  const trip = Number(parameters.get('trip'));
  return Number.isInteger(trip) && trip > 0 ? trip : undefined;
}

export function JourneyPage() {
  const reference = normalise(useParams()['reference'] ?? '');
  const trip = tripOf(useSearchParams()[0]);
  return <TrackedJourney reference={reference} trip={trip} />;
}

interface Props {
  reference: string;
  trip: number | undefined;
  alone?: boolean; // without a way to others, for a guest
}

export function TrackedJourney({ reference, trip, alone = false }: Props) {
  const { t } = useTranslation();
  const { party } = useSession();
  const query = useJourney(reference, trip);
  const refetch = query.refetch;
  const live = useLive(query.data, useMemo(() => () => void refetch(), [refetch]));

  const shown = query.data?.reference.value ?? reference;
  useEffect(() => {
    document.title = t('app.documentTitle', { reference: shown });
  }, [t, shown]);
  const found = query.data !== undefined;
  useEffect(() => {
    if (found && !alone) remember(party.id, reference);
  }, [found, alone, party.id, reference]);

  return (
    <div className="journey">
      {!alone && <SearchBox key={reference} size="compact" initial={reference} />}
      {query.data !== undefined ? (
        <JourneyView journey={query.data} live={live} reference={reference} alone={alone} />
      ) : query.error === null ? (
        <JourneySkeleton />
      ) : asProblem(query.error).code === 'not_found' ? (
        <NothingKnown reference={reference} />
      ) : (
        <ProblemPanel problem={asProblem(query.error)} retry={() => void query.refetch()} />
      )}
    </div>
  );
}

// What contradicts, what is expected and what customs say, without that of other containers of the same booking.
function narrow(journey: Journey, container: string | null): Journey {
  const about = (item: { equipment?: string }) => isAbout(container, item);
  const { conflicts, expected, customs } = journey;
  return { ...journey, conflicts: conflicts.filter(about), expected: expected.filter(about), customs: customs.filter(about) };
}

interface ViewProps {
  journey: Journey;
  live: Live;
  reference: string;
  alone: boolean;
}

function JourneyView({ journey, live, reference, alone }: ViewProps) {
  const { t } = useTranslation();
  const events = useMemo(() => indexEvents(journey), [journey]);
  const milestones = useMemo(() => arrange(journey, events), [journey, events]);
  const asked = useMemo(() => narrow(journey, askedContainer(journey)), [journey]);
  return (
    <article aria-labelledby="journey-title">
      <div className="journey-head">
        <div>
          <p className="journey-kind">{t(`kind.${journey.reference.kind}`)}</p>
          <h1 id="journey-title" className="journey-title mono">
            {journey.reference.value}
          </h1>
        </div>
        <div className="journey-tools">
          <ConnectionState live={live} asOf={journey.asOf} />
          <TimeZoneSwitch />
        </div>
      </div>
      {journey.truncated && <p className="notice">{t('journey.truncated')}</p>}
      {journey.trips.length > 1 && !alone && <Trips trips={journey.trips} reference={reference} />}
      <Headline journey={asked} milestones={milestones.filter(({ row }) => isAbout(askedContainer(journey), row))} />
      <Conflicts conflicts={asked.conflicts} events={events} />
      <Customs statuses={asked.customs} />
      <Legs legs={journey.legs} />
      <Timeline key={`${journey.reference.kind}:${journey.reference.value}`} journey={journey} milestones={milestones} fresh={live.fresh} />
      <Expected expected={asked.expected} />
      <References references={journey.references} shown={journey.reference} linked={!alone} />
      {!alone && <Evidence journey={journey} reference={reference} />}
      {!alone && (
        <p className="journey-foot no-print">
          <Link to="/">{t('app.toStart')}</Link>
        </p>
      )}
    </article>
  );
}
