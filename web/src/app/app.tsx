import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { I18nProvider, RouterProvider } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { BrowserRouter, Outlet, Route, Routes, useNavigate } from 'react-router';

import { AccountPage } from '../account/account_page';
import { asProblem } from '../api/problem';
import { GrantsPage } from '../grants/grants_page';
import { localeOf } from '../i18n';
import { InvitationPage } from '../invitation/invitation_page';
import { JourneyPage } from '../journey/journey_page';
import { KeysPage } from '../keys/keys_page';
import { OrganisationPage } from '../organisation/organisation_page';
import { PeoplePage } from '../people/people_page';
import { Home } from '../search/home';
import { SessionProvider } from '../session/session';
import { TimeZoneProvider } from '../ui/time_zone';
import { VerifyPage } from '../verify/verify_page';
import { LookedPage } from '../who_looked/looked_page';
import { CrashGuard } from './crash_guard';
import { GatePage } from './gate_page';
import { GuestPage } from './guest_page';
import { Page } from './header';
import { NotFound } from './not_found';
import { Allowed, SignedIn, ToStart } from './signed_in';

const retryMs = 5_000;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: false,
      refetchOnWindowFocus: false,
      networkMode: 'always', // the server may be on this very machine
      // What fails for a reason that passes is asked again for as long as somebody looks at it.
      refetchInterval: (query) => (query.state.error !== null && asProblem(query.state.error).passes ? retryMs : false),
    },
    mutations: { networkMode: 'always' },
  },
});

export function App() {
  const { i18n } = useTranslation();
  return (
    <CrashGuard>
      <I18nProvider locale={localeOf(i18n.language)}>
        <QueryClientProvider client={queries}>
          <BrowserRouter>
            <TimeZoneProvider>
              <Addresses />
            </TimeZoneProvider>
          </BrowserRouter>
        </QueryClientProvider>
      </I18nProvider>
    </CrashGuard>
  );
}

function Addresses() {
  const navigate = useNavigate();
  return (
    <RouterProvider navigate={(path) => void navigate(path)}>
      <Routes>
        <Route path="/guest" element={<GuestPage />} />
        <Route path="/verify" element={<Page><VerifyPage /></Page>} />
        <Route path="/invitation" element={<Page><InvitationPage /></Page>} />
        <Route element={<Gated />}>
          <Route element={<SignedIn />}>
            <Route path="/" element={<Home />} />
            <Route path="/track/:reference" element={<JourneyPage />} />
            <Route path="/organisation" element={<OrganisationPage />} />
            <Route path="/people" element={<Allowed page="people"><PeoplePage /></Allowed>} />
            <Route path="/keys" element={<Allowed page="keys"><KeysPage /></Allowed>} />
            <Route path="/grants" element={<Allowed page="grants"><GrantsPage /></Allowed>} />
            <Route path="/who-looked" element={<Allowed page="looked"><LookedPage /></Allowed>} />
            <Route path="/account" element={<Allowed page="account"><AccountPage /></Allowed>} />
            <Route path="/sign-in" element={<ToStart />} />
            <Route path="*" element={<NotFound />} />
          </Route>
        </Route>
      </Routes>
    </RouterProvider>
  );
}

// Everything below needs somebody who is signed in.
function Gated() {
  return (
    <SessionProvider gate={(gate) => <GatePage gate={gate} />}>
      <Outlet />
    </SessionProvider>
  );
}
