import { useTranslation } from 'react-i18next';

import { rights } from '../api/types';
import { useSession } from '../session/session';
import { CopyField } from '../ui/copy_field';
import { LineIcon } from '../ui/icons';
import { PageHead } from '../ui/page_head';

export function OrganisationPage() {
  const { t } = useTranslation();
  const { party } = useSession();
  return (
    <>
      <PageHead title={t('organisation.title')} lead={t('organisation.lead')} />
      <div className="two-panels">
        <section className="panel" aria-labelledby="party-title">
          <h2 id="party-title">{party.name}</h2>
          <dl className="facts">
            <dt>{t('organisation.role')}</dt>
            <dd>{t(`role.${party.role}`)}</dd>
            <dt>{t('organisation.identifiers')}</dt>
            <dd>
              {party.identifiers.length === 0 ? (
                t('organisation.noIdentifiers')
              ) : (
                <ul className="tag-list">
                  {party.identifiers.map(({ scheme, value }) => (
                    <li key={`${scheme}:${value}`} className="tag mono">
                      {scheme}:{value}
                    </li>
                  ))}
                </ul>
              )}
            </dd>
          </dl>
          <CopyField label={t('organisation.id')} text={party.id} />
          <p className="field-help">{t('organisation.idHelp')}</p>
        </section>
        <You />
      </div>
    </>
  );
}

function You() {
  const { t } = useTranslation();
  const { person, may } = useSession();
  return (
    <section className="panel" aria-labelledby="you-title">
      <h2 id="you-title">{t('organisation.you')}</h2>
      <p>{person === undefined ? t('organisation.key') : t('organisation.person', { name: person.name, email: person.email })}</p>
      <h3 className="group-title">{t('organisation.yourRights')}</h3>
      <ul className="right-list">
        {rights.map((right) => (
          <li key={right} className={may(right) ? '' : 'right-lacking'}>
            <LineIcon name={may(right) ? 'check' : 'clear'} />
            <span>
              <strong>{t(`right.${right}`)}</strong> – {t(`right.${right}Help`)}
              {!may(right) && ` (${t('organisation.lacking')})`}
            </span>
          </li>
        ))}
      </ul>
      <p className="field-help">{t('organisation.yourRightsHelp')}</p>
    </section>
  );
}
