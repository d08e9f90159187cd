// What API keys, certificates and service accounts have in common: a section with a list, and a row of it.
import { useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Key, Right } from '../api/types';
import { FormDialog } from '../ui/dialog';
import { LineIcon } from '../ui/icons';
import { RightsList } from '../ui/rights';
import { Moment } from '../ui/time';
import type { ApiProblem } from '../api/problem';

interface SectionProps {
  id: string;
  title: string;
  lead: string;
  addLabel: string;
  add: () => void;
  children: ReactNode;
}

export function CredentialSection({ id, title, lead, addLabel, add, children }: SectionProps) {
  return (
    <section className="section" aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id} className="section-title">
          {title}
        </h2>
        <Button className="button" onPress={add}>
          <LineIcon name="plus" />
          {addLabel}
        </Button>
      </div>
      <p className="section-lead">{lead}</p>
      {children}
    </section>
  );
}

interface ListProps<Item> {
  items: readonly Item[];
  empty: ReactNode;
  children: (item: Item) => ReactNode;
}

// Those that work; the others when they are asked for.
export function CredentialList<Item extends { status: Key['status'] }>({ items, empty, children }: ListProps<Item>) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const ended = items.filter(({ status }) => status !== 'active').length;
  const shown = all ? items : items.filter(({ status }) => status === 'active');
  return (
    <>
      {shown.length === 0 && empty}
      <ul className="records">{shown.map(children)}</ul>
      {ended > 0 && !all && (
        <Button className="button quiet small" onPress={() => setAll(true)}>
          {t('keys.showEnded', { count: ended })}
        </Button>
      )}
    </>
  );
}

interface RecordProps {
  label: string | undefined;
  name: string; // what identifies it
  scopes: readonly Right[];
  status: Key['status'];
  created?: string | undefined;
  expires?: string | undefined;
  children?: ReactNode; // its buttons, while it works
}

export function CredentialRecord({ label, name, scopes, status, created, expires, children }: RecordProps) {
  const { t } = useTranslation();
  const works = status === 'active';
  return (
    <li className={`record ${works ? '' : 'record-off'}`}>
      <div className="record-main">
        <h3 className="record-title">
          {label === undefined || label === '' ? <span className="quiet">{t('keys.nameless')}</span> : label}{' '}
          <span className={`badge ${works ? 'badge-new' : 'badge-off'}`}>{t(`keys.status.${status}`)}</span>
        </h3>
        <p className="record-sub mono">{name}</p>
      </div>
      <div className="record-facts">
        <RightsList value={scopes} />
        <p className="record-sub">
          {created !== undefined && (
            <>
              {t('keys.created')} <Moment at={created} /> ·{' '}
            </>
          )}
          {expires === undefined ? (
            t('parts.noEnd')
          ) : (
            <>
              {t('keys.expires')} <Moment at={expires} />
            </>
          )}
        </p>
      </div>
      <div className="record-actions">{works && children}</div>
    </li>
  );
}

interface WithdrawProps {
  label: string;
  close: () => void;
  withdraw: { run: (argument: void) => void; pending: boolean; problem: ApiProblem | null };
}

export function WithdrawDialog({ label, close, withdraw }: WithdrawProps) {
  const { t } = useTranslation();
  return (
    <FormDialog
      title={t('keys.withdrawTitle', { label })}
      close={close}
      role="alertdialog"
      danger
      submitLabel={t('keys.withdraw')}
      submit={() => withdraw.run()}
      pending={withdraw.pending}
      problem={withdraw.problem}
    >
      <p>{t('keys.withdrawText')}</p>
    </FormDialog>
  );
}
