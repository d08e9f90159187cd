import { useTranslation } from 'react-i18next';

import { dataOf } from '../api/client';
import type { Grant } from '../api/types';
import { useAction } from '../session/use_action';
import { FormDialog } from '../ui/dialog';
import { GrantSentence, otherSide } from './grant_sentence';

export interface Decision {
  act: 'accept' | 'decline' | 'revoke';
  grant: Grant;
}

// Asks before a grant is accepted, declined or revoked, and says when that takes effect.
export function DecisionDialog({ decision, close }: { decision: Decision; close: () => void }) {
  const { t } = useTranslation();
  const { act, grant } = decision;
  const name = otherSide(grant);
  const decide = useAction(
    (api, grantID: string) => {
      const path = { params: { path: { grantID } } };
      if (act === 'accept') return dataOf(api.POST('/v1/grants/{grantID}/acceptance', path));
      if (act === 'decline') return dataOf(api.POST('/v1/grants/{grantID}/refusal', path));
      return dataOf(api.DELETE('/v1/grants/{grantID}', path));
    },
    { changes: ['grants'], then: close },
  );
  const text = act === 'revoke' && grant.state === 'offered' ? t('grants.revokeOfferText') : t(`grants.${act}Text`, { name });
  return (
    <FormDialog
      title={t(`grants.${act}Title`, { name })}
      close={close}
      role="alertdialog"
      danger={act === 'revoke'}
      submitLabel={t(`grants.${act}`)}
      submit={() => decide.run(grant.id)}
      {...decide}
    >
      <p className="grant-sentence">
        <GrantSentence grant={grant} />
      </p>
      <p>{text}</p>
    </FormDialog>
  );
}
