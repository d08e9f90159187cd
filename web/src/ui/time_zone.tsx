// In which zone times are shown: of the place, UTC, or of this device. One choice for the whole page, remembered.
import { createContext, use, useMemo, useState, type ReactNode } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { TimeZoneMode } from '../i18n/format';

const storageKey = 'fairway.times';
const modes: readonly TimeZoneMode[] = ['local', 'utc', 'mine'];

interface TimeZone {
  mode: TimeZoneMode;
  change: (mode: TimeZoneMode) => void;
}

const TimeZoneContext = createContext<TimeZone>({ mode: 'local', change: () => {} });

export function useTimeZoneMode(): TimeZoneMode {
  return use(TimeZoneContext).mode;
}

export function TimeZoneProvider({ children }: { children: ReactNode }) {
  const [mode, setMode] = useState(() => modes.find((known) => known === localStorage.getItem(storageKey)) ?? 'local');
  const zone = useMemo<TimeZone>(
    () => ({
      mode,
      change: (next) => {
        localStorage.setItem(storageKey, next);
        setMode(next);
      },
    }),
    [mode],
  );
  return <TimeZoneContext value={zone}>{children}</TimeZoneContext>;
}

export function TimeZoneSwitch() {
  const { t } = useTranslation();
  const { mode, change } = use(TimeZoneContext);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <div className="labelled-switch">
      <span id="time-zone-label" className="switch-label">
        {t('time.label')}
      </span>
      <ToggleButtonGroup
        className="segmented"
        aria-labelledby="time-zone-label"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[mode]}
        onSelectionChange={(keys) => {
          const [next] = keys;
          if (next !== undefined) change(next as TimeZoneMode);
        }}
      >
        {modes.map((each) => (
          <ToggleButton key={each} id={each} className="segment">
            {t(`time.${each}`)}
            <span className="visually-hidden"> – {t(`time.${each}Help`, { zone })}</span>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}
