// The reads as a table; on a narrow screen each row becomes a card, and the roles keep it a table for a screen reader.
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { PartySummary, Read } from '../api/types';
import { ReferenceName } from '../search/reference_name';
import { Moment } from '../ui/time';

const referencesShown = 3;
const columns = ['when', 'who', 'what', 'how', 'why'] as const;

export function ReadsTable({ reads, only }: { reads: readonly Read[]; only: (party: PartySummary) => void }) {
  const { t } = useTranslation();
  return (
    <table className="table" role="table">
      <caption className="visually-hidden">{t('looked.caption')}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column} role="columnheader" scope="col">
              {t(`looked.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {reads.map((read) => (
          <ReadRow key={read.id} read={read} only={only} />
        ))}
      </tbody>
    </table>
  );
}

function ReadRow({ read, only }: { read: Read; only: (party: PartySummary) => void }) {
  const { t } = useTranslation();
  const { reader, person, channel, basis, grant, purpose, events } = read;
  return (
    <tr role="row">
      <td role="cell" data-label={t('looked.when')}>
        <Moment at={read.at} />
      </td>
      <td role="cell" data-label={t('looked.who')}>
        <Button className="link-button" aria-label={t('looked.readerOnly', { name: reader.name })} onPress={() => only(reader)}>
          {reader.name}
        </Button>
        <span className="cell-sub">
          {t(`role.${reader.role}`)}
          {person !== undefined && ` · ${t(person ? 'looked.byPerson' : 'looked.bySystem')}`}
        </span>
      </td>
      <td role="cell" data-label={t('looked.what')}>
        <ReadReferences references={read.references} />
        <span className="cell-sub">{t('looked.eventCount', { count: events })}</span>
      </td>
      <td role="cell" data-label={t('looked.how')}>{t(`looked.channel.${channel}`)}</td>
      <td role="cell" data-label={t('looked.why')}>
        {t(`looked.basis.${basis}`)}
        {grant !== undefined && <span className="cell-sub mono">{t('looked.grant', { id: grant })}</span>}
        {purpose !== undefined && purpose !== '' && <span className="cell-sub">{purpose}</span>}
      </td>
    </tr>
  );
}

function ReadReferences({ references }: { references: readonly string[] }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  if (references.length === 0) return <span className="quiet">{t('looked.noReference')}</span>;
  const hidden = references.length - referencesShown;
  return (
    <>
      <ul>
        {references.slice(0, all ? undefined : referencesShown).map((reference) => (
          <li key={reference}>
            <ReferenceName reference={reference} />
          </li>
        ))}
      </ul>
      {hidden > 0 && !all && (
        <Button className="link-button" onPress={() => setAll(true)}>
          {t('looked.moreReferences', { count: hidden })}
        </Button>
      )}
    </>
  );
}
