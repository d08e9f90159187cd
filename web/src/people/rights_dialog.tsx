import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { dataOf } from '../api/client';
import { rights as allRights, type ListedPerson, type Right } from '../api/types';
import { useSession } from '../session/session';
import { useAction } from '../session/use_action';
import { FormDialog } from '../ui/dialog';
import { RightsChoice } from '../ui/rights';

export function RightsDialog({ person, close }: { person: ListedPerson; close: () => void }) {
  const { t } = useTranslation();
  const { may, person: me, recheck } = useSession();
  const [rights, setRights] = useState<readonly Right[]>(person.rights);
  const [tried, setTried] = useState(false);
  const save = useAction(
    (api, wanted: readonly Right[]) =>
      dataOf(api.PATCH('/v1/people/{personID}', { params: { path: { personID: person.id } }, body: { rights: [...wanted] } })),
    {
      changes: ['people'],
      then: () => {
        close();
        if (me?.id === person.id) void recheck();
      },
    },
  );
  const submit = () => {
    setTried(true);
    if (rights.length > 0) save.run(rights);
  };
  return (
    <FormDialog title={t('people.changeTitle', { name: person.name })} close={close} submitLabel={t('people.save')} submit={submit} {...save}>
      <RightsChoice value={rights} onChange={setRights} givable={allRights.filter((right) => may(right) || person.rights.includes(right))} missing={tried} />
      {person.rights.includes('manage') && !rights.includes('manage') && <p className="field-help">{t('people.lastManager')}</p>}
    </FormDialog>
  );
}
