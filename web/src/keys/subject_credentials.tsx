// The section of certificates, and that of service accounts: what is added and withdrawn, and is called by its label or its subject.
import { useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Certificate, ServiceAccount } from '../api/types';
import type { usePages } from '../session/use_read';
import { Listing } from '../ui/listing';
import { CredentialList, CredentialRecord, CredentialSection } from './credentials';

type SubjectCredential = Certificate | ServiceAccount;

export const labelOf = ({ label, subject }: SubjectCredential) => label || subject;

interface Props<Item extends SubjectCredential> {
  id: string;
  title: string;
  lead: string;
  addLabel: string;
  empty: ReactNode;
  query: ReturnType<typeof usePages<Item>>;
  name: (item: Item) => string; // what identifies it
  adding: (close: () => void) => ReactNode;
  withdrawing: (item: Item, close: () => void) => ReactNode;
}

export function SubjectCredentials<Item extends SubjectCredential>({ query, empty, name, adding, withdrawing, ...section }: Props<Item>) {
  const { t } = useTranslation();
  const [added, setAdded] = useState(false);
  const [withdrawn, setWithdrawn] = useState<Item | null>(null);
  return (
    <CredentialSection {...section} add={() => setAdded(true)}>
      <Listing query={query} empty={empty}>
        {(items) => (
          <CredentialList items={items} empty={empty}>
            {(item) => (
              <CredentialRecord key={item.id} {...item} label={labelOf(item)} name={name(item)}>
                <Button className="button small" aria-label={t('keys.withdrawOf', { label: labelOf(item) })} onPress={() => setWithdrawn(item)}>
                  {t('keys.withdraw')}
                </Button>
              </CredentialRecord>
            )}
          </CredentialList>
        )}
      </Listing>
      {added && adding(() => setAdded(false))}
      {withdrawn !== null && withdrawing(withdrawn, () => setWithdrawn(null))}
    </CredentialSection>
  );
}
