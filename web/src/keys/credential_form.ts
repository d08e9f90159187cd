// What every new credential is asked for: a label, rights and an end.
import { useState } from 'react';

import { rights as allRights, type Right } from '../api/types';
import { useSession } from '../session/session';
import { expiresAt, type Expiry, type ExpiryKind } from '../ui/expiry';

export interface CredentialWish {
  label?: string;
  scopes: Right[];
  expires?: string;
}

export function useCredentialForm(firstExpiry: ExpiryKind, firstRights: readonly Right[]) {
  const { may } = useSession();
  const givable = allRights.filter(may);
  const [label, setLabel] = useState('');
  const [rights, setRights] = useState<readonly Right[]>(firstRights.filter(may));
  const [expiry, setExpiry] = useState<Expiry>({ kind: firstExpiry, date: '' });
  const [tried, setTried] = useState(false);
  return {
    label,
    setLabel,
    rights,
    setRights,
    expiry,
    setExpiry,
    givable,
    tried,
    // The wish as it stands; null, and what is wrong is shown, where something is missing.
    wish: (): CredentialWish | null => {
      setTried(true);
      const expires = expiresAt(expiry);
      if (rights.length === 0 || expires === null) return null;
      return { scopes: [...rights], ...(label.trim() !== '' && { label: label.trim() }), ...(expires !== undefined && { expires }) };
    },
  };
}
