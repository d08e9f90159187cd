import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { LanguageSwitch } from '../i18n/language_switch';
import { Logo } from '../ui/icons';

// `children`: what only a signed-in person has.
export function Header({ children }: { children?: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <header className="header">
      <a className="skip-link" href="#main">
        {t('app.skip')}
      </a>
      <div className="header-inner">
        <Link className="brand" to="/" aria-label={t('app.home')}>
          <Logo />
          <span className="brand-name">{t('app.name')}</span>
        </Link>
        <div className="header-side">
          <LanguageSwitch />
          {children}
        </div>
      </div>
    </header>
  );
}

export function Page({ header, children }: { header?: React.ReactNode; children: React.ReactNode }) {
  return (
    <>
      <Header>{header}</Header>
      <main id="main" className="main" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
