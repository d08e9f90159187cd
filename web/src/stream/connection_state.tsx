import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { localeOf } from '../i18n';
import { showClock } from '../i18n/format';
import { useNow } from '../ui/use_now';
import type { Live } from './use_live';

// How fresh the page is. What changes by itself is announced once, not with every second of a countdown.
export function ConnectionState({ live, asOf }: { live: Live; asOf: string }) {
  const { t, i18n } = useTranslation();
  const time = showClock(asOf, localeOf(i18n.language));
  const { phase } = live.state;
  return (
    <div className={`connection connection-${phase}`} data-phase={phase}>
      <span className="connection-dot" />
      <span className="connection-text">
        {live.state.phase === 'waiting' ? <Countdown until={live.state.retryAt} /> : t(`stream.${live.state.phase}`)}
      </span>
      <span className="connection-as-of">{t('stream.asOf', { time })}</span>
      {phase === 'waiting' && (
        <Button className="button quiet small" onPress={live.retryNow}>
          {t('stream.retryNow')}
        </Button>
      )}
      <span className="visually-hidden" role="status">
        {phase === 'waiting' && t('stream.stale', { time })}
        {phase === 'live' && (live.fresh.size > 0 ? t('stream.arrived', { count: live.fresh.size }) : t('stream.liveHelp'))}
      </span>
    </div>
  );
}

function Countdown({ until }: { until: number }) {
  const { t } = useTranslation();
  const seconds = Math.max(0, Math.ceil((until - useNow(500)) / 1000));
  return t('stream.waiting', { count: seconds });
}
