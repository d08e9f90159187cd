import { useTranslation } from 'react-i18next';

import { Page } from './header';
import { keptSecret } from '../session/fragment';
import { SessionProvider, useSession } from '../session/session';
import { ProblemPanel } from '../ui/problem_panel';
import { GuestJourney } from './guest_journey';

// /guest#fw_…: one journey for whoever has the link.
export function GuestPage() {
  const key = keptSecret('/guest');
  if (key === null) return <Closed reason="none" />;
  return (
    <SessionProvider
      guestKey={key}
      gate={(gate) => {
        if (gate.state === 'signed_out') return <Closed reason="ended" />;
        return <Page plain>{gate.state === 'failed' ? <ProblemPanel problem={gate.problem} retry={gate.retry} /> : <Opening />}</Page>;
      }}
    >
      <OnlyGuests />
    </SessionProvider>
  );
}

// A key that is no guest's opens nothing here.
function OnlyGuests() {
  return useSession().how === 'guest' ? <GuestJourney /> : <Closed reason="ended" />;
}

function Opening() {
  const { t } = useTranslation();
  return (
    <p className="lead" role="status">
      {t('journey.loading')}
    </p>
  );
}

function Closed({ reason }: { reason: 'none' | 'ended' }) {
  const { t } = useTranslation();
  return (
    <Page plain>
      <section className="panel nothing">
        <h1>{t(`guest.${reason}Title`)}</h1>
        <p>{t(`guest.${reason}`)}</p>
        <p>{t(`guest.${reason}Help`)}</p>
      </section>
    </Page>
  );
}
