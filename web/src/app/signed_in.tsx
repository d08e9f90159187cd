// The page of somebody who is signed in: header, menu, and the page of the address. A guest has one journey and nothing else.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Outlet } from 'react-router';

import { ApiProblem } from '../api/problem';
import { PartyBadge } from '../session/party_badge';
import { useSession } from '../session/session';
import { ProblemPanel } from '../ui/problem_panel';
import { GuestJourney } from './guest_journey';
import { Page } from './header';
import { MenuButton, MenuRow } from './menu';
import { isAllowed, type PageName } from './pages';

export function SignedIn() {
  const { t } = useTranslation();
  const { how, signOut } = useSession();
  const [stayed, setStayed] = useState(false);
  const leave = () => {
    setStayed(false);
    signOut().catch(() => setStayed(true));
  };
  if (how === 'guest') return <GuestJourney />;
  return (
    <Page
      side={
        <>
          <PartyBadge signOut={leave} />
          <MenuButton signOut={leave} />
        </>
      }
      below={<MenuRow />}
    >
      {stayed && (
        <p className="notice" role="alert">
          {t('session.notSignedOut')}
        </p>
      )}
      <Outlet />
    </Page>
  );
}

// A page for those who have its right; others are told which way to get it.
export function Allowed({ page, children }: { page: PageName; children: React.ReactNode }) {
  const session = useSession();
  if (isAllowed(page, session)) return children;
  return <ProblemPanel problem={new ApiProblem('forbidden')} />;
}

// The sign-in page, once somebody is signed in.
export function ToStart() {
  return <Navigate to="/" replace />;
}
