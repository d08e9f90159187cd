import { useTranslation } from 'react-i18next';

import { Page } from './header';
import { TrackedJourney } from '../journey/journey_page';
import { PartyBadge } from '../session/party_badge';
import { useSession } from '../session/session';
import { useMoment } from '../ui/time';

// The one journey of a guest's link, and until when it can be seen.
export function GuestJourney() {
  const { t } = useTranslation();
  const { guest, signOut } = useSession();
  const moment = useMoment();
  if (guest === undefined) return null;
  const { date, time, offset } = moment(guest.expires);
  return (
    <Page plain side={<PartyBadge signOut={() => void signOut()} />}>
      <p className="guest-banner" role="note">
        {t('guest.banner', { until: `${date} ${time} ${offset}` })}
      </p>
      <TrackedJourney reference={guest.reference} trip={undefined} alone />
    </Page>
  );
}
