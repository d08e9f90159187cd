import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { LanguageSwitch } from '../i18n/language_switch';
import { Logo } from '../ui/icons';

interface Props {
  side?: React.ReactNode; // what only a signed-in person has, beside the languages
  below?: React.ReactNode; // a row under the header
  plain?: boolean; // for a guest, who has no start page
}

export function Header({ side, below, plain = false }: Props) {
  const { t } = useTranslation();
  return (
    <header className="header">
      <a className="skip-link" href="#main">
        {t('app.skip')}
      </a>
      <div className="header-inner">
        {plain ? (
          <span className="brand">
            <Logo />
            <span className="brand-name">{t('app.name')}</span>
          </span>
        ) : (
          <Link className="brand" to="/" aria-label={t('app.home')}>
            <Logo />
            <span className="brand-name">{t('app.name')}</span>
          </Link>
        )}
        <div className="header-side">
          <LanguageSwitch />
          {side}
        </div>
      </div>
      {below}
    </header>
  );
}

export function Page({ children, ...header }: Props & { children: React.ReactNode }) {
  return (
    <>
      <Header {...header} />
      <main id="main" className="main" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
