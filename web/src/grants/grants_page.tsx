import { useState } from 'react';
import { Button, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { dataOf } from '../api/client';
import type { GrantDirection, GrantState } from '../api/types';
import { useSession } from '../session/session';
import { usePages } from '../session/use_read';
import { Empty } from '../ui/empty';
import { LineIcon } from '../ui/icons';
import { Listing } from '../ui/listing';
import { PageHead } from '../ui/page_head';
import { Picker } from '../ui/picker';
import { TimeZoneSwitch } from '../ui/time_zone';
import { DecisionDialog, type Decision } from './decision_dialog';
import { GrantDialog } from './grant_dialog';
import { GrantRecord } from './grant_record';

const directions: readonly GrantDirection[] = ['given', 'received'];
const states: readonly GrantState[] = ['offered', 'accepted', 'declined', 'revoked', 'expired'];

export function GrantsPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const [direction, setDirection] = useState<GrantDirection>('given');
  const [state, setState] = useState<GrantState | 'all'>('all');
  const [giving, setGiving] = useState(false);
  const [decision, setDecision] = useState<Decision | null>(null);
  return (
    <>
      <PageHead title={t('grants.title')} lead={t('grants.lead')}>
        <TimeZoneSwitch />
        {may('grant') && (
          <Button className="button primary" onPress={() => setGiving(true)}>
            <LineIcon name="plus" />
            {t('grants.add')}
          </Button>
        )}
      </PageHead>
      <Tabs className="tabs" selectedKey={direction} onSelectionChange={(key) => setDirection(key as GrantDirection)}>
        <div className="tabs-row">
          <TabList className="tab-list" aria-label={t('grants.title')}>
            {directions.map((each) => (
              <Tab key={each} id={each} className="tab">
                {t(`grants.${each}`)}
              </Tab>
            ))}
          </TabList>
          <Picker
            inline
            label={t('grants.stateFilter')}
            value={state}
            onChange={setState}
            choices={[{ value: 'all' as const, label: t('grants.allStates') }, ...states.map((each) => ({ value: each, label: t(`grants.state.${each}`) }))]}
          />
        </div>
        {directions.map((each) => (
          <TabPanel key={each} id={each} className="tab-panel">
            <GrantList direction={each} state={state} decide={setDecision} />
          </TabPanel>
        ))}
      </Tabs>
      {giving && (
        <GrantDialog
          close={() => setGiving(false)}
          given={() => {
            setDirection('given');
            setState('all');
          }}
        />
      )}
      {decision !== null && <DecisionDialog decision={decision} close={() => setDecision(null)} />}
    </>
  );
}

interface ListProps {
  direction: GrantDirection;
  state: GrantState | 'all';
  decide: (decision: Decision) => void;
}

function GrantList({ direction, state, decide }: ListProps) {
  const { t } = useTranslation();
  const query = usePages(['grants', direction, state], async (api, cursor, signal) => {
    const filter = { direction, cursor, ...(state !== 'all' && { state }) };
    const { grants, next } = await dataOf(api.GET('/v1/grants', { params: { query: filter }, signal }));
    return { items: grants, ...(next !== undefined && { next }) };
  });
  const empty =
    state !== 'all' ? (
      <Empty title={t('grants.emptyState')}>{t('grants.emptyStateHelp')}</Empty>
    ) : direction === 'given' ? (
      <Empty title={t('grants.emptyGiven')}>{t('grants.emptyGivenHelp')}</Empty>
    ) : (
      <Empty title={t('grants.emptyReceived')}>{t('grants.emptyReceivedHelp')}</Empty>
    );
  return (
    <Listing query={query} empty={empty}>
      {(grants) => (
        <ul className="records">
          {grants.map((grant) => (
            <GrantRecord key={grant.id} grant={grant} decide={decide} />
          ))}
        </ul>
      )}
    </Listing>
  );
}
