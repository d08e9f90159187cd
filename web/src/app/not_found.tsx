import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <section className="panel">
      <h1>{t('app.notFound')}</h1>
      <p>{t('app.notFoundHelp')}</p>
      <Link className="button primary" to="/">
        {t('app.toStart')}
      </Link>
    </section>
  );
}
