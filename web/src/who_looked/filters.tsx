import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { PartySummary } from '../api/types';
import { PartyField } from '../parties/party_field';
import { usePartyChoice } from '../parties/use_lookup';
import { OneOf } from '../ui/choices';
import { dayOf } from '../ui/expiry';
import { Field } from '../ui/field';
import { LineIcon } from '../ui/icons';

const spanDays = { day: 1, week: 7, month: 30 } as const;
const dayMs = 86_400_000;

export interface Filter {
  span: keyof typeof spanDays | 'all' | 'dates';
  from: string; // yyyy-mm-dd of this device, for `dates`
  until: string;
  since: number; // when it was chosen: the spans end then and stay put while pages are loaded
  reader: PartySummary | null;
}

function startOf(day: string, plusDays: number): string | undefined {
  const at = new Date(`${day}T00:00:00`);
  if (Number.isNaN(at.getTime())) return undefined;
  at.setDate(at.getDate() + plusDays);
  return at.toISOString();
}

// From and until, as the API asks for them.
export function spanOf({ span, from, until, since }: Filter): { from: string | undefined; until: string | undefined } {
  if (span === 'all') return { from: undefined, until: undefined };
  if (span === 'dates') return { from: startOf(from, 0), until: startOf(until, 1) };
  return { from: new Date(since - spanDays[span] * dayMs).toISOString(), until: undefined };
}

export function Filters({ filter, change }: { filter: Filter; change: (filter: Filter) => void }) {
  const { t } = useTranslation();
  const spans = [...(Object.keys(spanDays) as (keyof typeof spanDays)[]), 'all', 'dates'] as const;
  const choose = (span: Filter['span']) => {
    const now = Date.now();
    const dates = span === 'dates' && filter.from === '' ? { from: dayOf(now - 7 * dayMs), until: dayOf(now) } : {};
    change({ ...filter, ...dates, span, since: now });
  };
  return (
    <div className="filters">
      <div className="filter-span">
        <OneOf label={t('looked.span')} inline value={filter.span} onChange={choose} choices={spans.map((span) => ({ value: span, label: t(`looked.spans.${span}`) }))} />
        {filter.span === 'dates' && (
          <div className="filter-dates">
            <Field label={t('looked.from')} type="date" value={filter.from} onChange={(from) => change({ ...filter, from })} />
            <Field label={t('looked.until')} type="date" value={filter.until} onChange={(until) => change({ ...filter, until })} />
          </div>
        )}
      </div>
      {filter.reader === null ? (
        <ReaderField choose={(reader) => change({ ...filter, reader })} />
      ) : (
        <p className="filter-reader">
          <strong>{t('looked.readerIs', { name: filter.reader.name })}</strong>
          <Button className="button quiet small" onPress={() => change({ ...filter, reader: null })}>
            <LineIcon name="clear" />
            {t('looked.readerClear')}
          </Button>
        </p>
      )}
    </div>
  );
}

function ReaderField({ choose }: { choose: (reader: PartySummary) => void }) {
  const { t } = useTranslation();
  const choice = usePartyChoice(choose);
  return <PartyField label={t('looked.reader')} choice={choice} tried={false} />;
}
