import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { LineIcon } from '../ui/icons';
import { useSession } from './session';

export function PartyBadge({ signOut }: { signOut: () => void }) {
  const { t } = useTranslation();
  const { party, person, how } = useSession();
  return (
    <div className="party-badge">
      <span className="party-who" title={party.identifiers.map((identifier) => `${identifier.scheme}:${identifier.value}`).join('  ')}>
        <span className="visually-hidden">{t('session.signedInAs')} </span>
        <span className="party-name">{party.name}</span>
        <span className="party-role">{how === 'guest' ? t('guest.badge') : (person?.name ?? t(`role.${party.role}`))}</span>
      </span>
      {how !== 'guest' && (
        <Button className="icon-button sign-out" aria-label={t('session.signOut')} onPress={signOut}>
          <LineIcon name="leave" />
        </Button>
      )}
    </div>
  );
}
