import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';

import type { Grant } from '../api/types';
import { localeOf } from '../i18n';
import { ReferenceName } from '../search/reference_name';
import { useSession } from '../session/session';
import { Sentence } from '../ui/sentence';

export function otherSide(grant: Grant): string {
  return grant.direction === 'given' ? grant.to.name : grant.from.name;
}

// Who lets whom see which data of what.
export function GrantSentence({ grant }: { grant: Grant }) {
  const { t, i18n } = useTranslation();
  const { party } = useSession();
  const { kind, from, to, scope, fields } = grant;
  const name = (side: Grant['from'], you: string) => <strong>{side.id === party.id ? you : side.name}</strong>;
  const list = new Intl.ListFormat(localeOf(i18n.language), { type: 'conjunction' });
  const references = scope.references ?? [];
  const what =
    scope.all === true ? (
      <strong>{t('grants.everything')}</strong>
    ) : (
      list.formatToParts(references).map((part, index) => (
        <Fragment key={index}>{part.type === 'element' ? <ReferenceName reference={part.value} linked={kind !== 'guest'} /> : part.value}</Fragment>
      ))
    );
  const data = <strong>{fields.length === 0 ? t('grants.everyData') : list.format(fields.map((field) => t(`grants.fieldIn.${field}`)))}</strong>;
  return (
    <Sentence
      parts={{ from: name(from, t('grants.youFirst')), to: name(to, t('grants.you')), what, data }}
      text={(marks) => t(`grants.sentence.${kind}`, marks)}
    />
  );
}
