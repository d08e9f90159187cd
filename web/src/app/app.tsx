import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { I18nProvider } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { BrowserRouter, Route, Routes } from 'react-router';

import { asProblem } from '../api/problem';
import { localeOf } from '../i18n';
import { JourneyPage } from '../journey/journey_page';
import { Home } from '../search/home';
import { PartyBadge } from '../session/party_badge';
import { SessionProvider } from '../session/session';
import { TimeZoneProvider } from '../ui/time_zone';
import { CrashGuard } from './crash_guard';
import { GatePage } from './gate_page';
import { Page } from './header';
import { NotFound } from './not_found';

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
              <SessionProvider gate={(gate) => <GatePage gate={gate} />}>
                <Page header={<PartyBadge />}>
                  <Routes>
                    <Route path="/" element={<Home />} />
                    <Route path="/track/:reference" element={<JourneyPage />} />
                    <Route path="*" element={<NotFound />} />
                  </Routes>
                </Page>
              </SessionProvider>
            </TimeZoneProvider>
          </BrowserRouter>
        </QueryClientProvider>
      </I18nProvider>
    </CrashGuard>
  );
}
