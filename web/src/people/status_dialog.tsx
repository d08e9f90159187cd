import { useTranslation } from 'react-i18next';

import { dataOf } from '../api/client';
import type { ListedPerson } from '../api/types';
import { useAction } from '../session/use_action';
import { FormDialog } from '../ui/dialog';

// Asks before somebody is suspended, and before they are let in again.
export function StatusDialog({ person, close }: { person: ListedPerson; close: () => void }) {
  const { t } = useTranslation();
  const suspending = person.status === 'active';
  const change = useAction(
    (api, status: ListedPerson['status']) => dataOf(api.PATCH('/v1/people/{personID}', { params: { path: { personID: person.id } }, body: { status } })),
    { changes: ['people'], then: close },
  );
  return (
    <FormDialog
      title={t(suspending ? 'people.suspendTitle' : 'people.reactivateTitle', { name: person.name })}
      close={close}
      role="alertdialog"
      danger={suspending}
      submitLabel={t(suspending ? 'people.suspend' : 'people.reactivate')}
      submit={() => change.run(suspending ? 'suspended' : 'active')}
      {...change}
    >
      <p>{t(suspending ? 'people.suspendText' : 'people.reactivateText')}</p>
    </FormDialog>
  );
}
