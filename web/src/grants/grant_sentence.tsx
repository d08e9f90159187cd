import { Fragment, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Grant } from '../api/types';
import { localeOf } from '../i18n';
import { ReferenceName } from '../search/reference_name';
import { useSession } from '../session/session';
import { Sentence } from '../ui/sentence';
import { Moment } from '../ui/time';

export function otherSide(grant: Grant): string {
  return grant.direction === 'given' ? grant.to.name : grant.from.name;
}

const referencesShown = 5;

// Who lets whom see which data of what, until when and for which purpose.
export function GrantSentence({ grant }: { grant: Grant }) {
  const { t, i18n } = useTranslation();
  const { party } = useSession();
  const { kind, from, to, fields, purpose, reason = '', expires } = grant;
  const name = (side: Grant['from'], you: string) => <strong>{side.id === party.id ? you : side.name}</strong>;
  const list = new Intl.ListFormat(localeOf(i18n.language), { type: 'conjunction' });
  const data = fields.length === 0 ? t('grants.everyData') : list.format(fields.map((field) => t(`grants.fieldIn.${field}`)));
  return (
    <Sentence
      parts={{
        from: name(from, t('grants.youFirst')),
        to: name(to, t('grants.you')),
        what: <What grant={grant} list={list} />,
        data: <strong>{data}</strong>,
        until: expires === undefined ? t('grants.itIsRevoked') : <Moment at={expires} />,
        purpose: <strong>{purpose}</strong>,
        reason: <strong>{reason}</strong>,
      }}
      text={(marks) => t(`grants.sentence.${kind}`, marks)}
    />
  );
}

// "container MSCU6639870, booking 177NHK0042 and 3 more".
function What({ grant: { kind, scope }, list }: { grant: Grant; list: Intl.ListFormat }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const references = scope.references ?? [];
  if (scope.all === true) return <strong>{t('grants.everything')}</strong>;
  const shown = all || references.length <= referencesShown + 1 ? references : references.slice(0, referencesShown);
  const hidden = references.length - shown.length;
  const rest = hidden > 0 ? [''] : [];
  return list.formatToParts([...shown, ...rest]).map((part, index) => {
    if (part.type === 'literal') return <Fragment key={index}>{part.value}</Fragment>;
    if (part.value !== '') return <ReferenceName key={index} reference={part.value} linked={kind !== 'guest'} within />;
    return (
      <Button key={index} className="link-button" onPress={() => setAll(true)}>
        {t('grants.moreReferences', { count: hidden })}
      </Button>
    );
  });
}
