import { useTranslation } from 'react-i18next';

import type { JourneyEvent } from '../api/types';

export function PartyName({ party }: { party: JourneyEvent['party'] }) {
  const { t } = useTranslation();
  return (
    <span className="party">
      {party.name ?? (party.role === undefined ? t('claim.unknownParty') : t(`role.${party.role}`))}
      {party.name !== undefined && party.role !== undefined && <span className="party-role">{t(`role.${party.role}`)}</span>}
    </span>
  );
}
