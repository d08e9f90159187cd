import { useEffect } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useSession } from '../session/session';
import { LineIcon } from '../ui/icons';
import { useRecent } from './recent';
import { trackPath } from './reference_text';
import { SearchBox } from './search_box';

const examples = [
  { kind: 'equipment', form: 'MSCU 663987-0', help: 'search.equipmentHelp' },
  { kind: 'booking', form: '177NHK0042', help: 'search.bookingHelp' },
  { kind: 'transport_document', form: 'MSCUHK778812', help: 'search.documentHelp' },
] as const;

export function Home() {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = t('app.name');
  }, [t]);
  return (
    <div className="home">
      <h1>{t('search.title')}</h1>
      <SearchBox size="large" autoFocus />
      <RecentSearches />
      <section className="kinds" aria-labelledby="kinds-title">
        <h2 id="kinds-title" className="section-title">
          {t('search.kindsTitle')}
        </h2>
        <ul className="kind-list">
          {examples.map(({ kind, form, help }) => (
            <li key={kind}>
              <span className="kind-name">{t(`kind.${kind}`)}</span>
              <code className="kind-form">{form}</code>
              <span className="kind-help">{t(help)}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function RecentSearches() {
  const { t } = useTranslation();
  const { references, forget, forgetAll } = useRecent(useSession().party.id);
  if (references.length === 0) return null;
  return (
    <section className="recent" aria-labelledby="recent-title">
      <div className="section-head">
        <h2 id="recent-title" className="section-title">
          {t('search.recent')}
        </h2>
        <Button className="button quiet small" onPress={forgetAll}>
          {t('search.forget')}
        </Button>
      </div>
      <ul className="chip-list">
        {references.map((reference) => (
          <li key={reference} className="chip">
            <Link className="chip-link mono" to={trackPath(reference)}>
              {reference}
            </Link>
            <Button className="icon-button" aria-label={t('search.forgetOne', { reference })} onPress={() => forget(reference)}>
              <LineIcon name="clear" />
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
