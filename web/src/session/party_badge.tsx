import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { LineIcon } from '../ui/icons';
import { useSession } from './session';

export function PartyBadge() {
  const { t } = useTranslation();
  const { party, signOut } = useSession();
  return (
    <div className="party-badge">
      <span className="party-who" title={party.identifiers.map((identifier) => `${identifier.scheme}:${identifier.value}`).join('  ')}>
        <span className="visually-hidden">{t('session.signedInAs')} </span>
        <span className="party-name">{party.name}</span>
        <span className="party-role">{t(`role.${party.role}`)}</span>
      </span>
      <Button className="icon-button" aria-label={t('session.signOut')} onPress={signOut}>
        <LineIcon name="leave" />
      </Button>
    </div>
  );
}
