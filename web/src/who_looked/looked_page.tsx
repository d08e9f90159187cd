import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { dataOf } from '../api/client';
import type { PartySummary, Read } from '../api/types';
import { usePages } from '../session/use_read';
import { Empty } from '../ui/empty';
import { LineIcon } from '../ui/icons';
import { Listing } from '../ui/listing';
import { PageHead } from '../ui/page_head';
import { TimeZoneSwitch } from '../ui/time_zone';
import { Filters, spanOf, type Filter } from './filters';
import { ReadsTable } from './reads_table';
import { saveReads } from './save_reads';

export function LookedPage() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<Filter>({ span: 'month', from: '', until: '', reader: null, since: Date.now() });
  const { from, until } = spanOf(filter);
  const reader = filter.reader?.id;
  const query = usePages<Read>(['reads', from, until, reader], async (api, cursor, signal) => {
    const { reads, next } = await dataOf(api.GET('/v1/access-log', { params: { query: { from, until, reader, cursor } }, signal }));
    return { items: reads, ...(next !== undefined && { next }) };
  });
  const only = (party: PartySummary) => setFilter({ ...filter, reader: party });
  return (
    <>
      <PageHead title={t('looked.title')} lead={t('looked.lead')}>
        <TimeZoneSwitch />
      </PageHead>
      <Filters filter={filter} change={setFilter} />
      <Listing query={query} empty={<Empty title={t('looked.empty')}>{t('looked.emptyHelp')}</Empty>}>
        {(reads) => (
          <>
            <div className="section-head">
              <p className="quiet" role="status">
                {t(query.hasNextPage ? 'looked.shownMore' : 'looked.shown', { count: reads.length })}
              </p>
              <Button className="button small" onPress={() => saveReads(reads, t)}>
                <LineIcon name="download" />
                {t('looked.export')}
              </Button>
            </div>
            <ReadsTable reads={reads} only={only} />
          </>
        )}
      </Listing>
    </>
  );
}
