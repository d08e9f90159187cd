import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

// A mistake of the page itself must not leave a blank screen.
export class CrashGuard extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    return this.state.crashed ? <Crashed /> : this.props.children;
  }
}

function Crashed() {
  const { t } = useTranslation();
  return (
    <main className="main">
      <section className="panel problem" role="alert">
        <h1>{t('app.crash')}</h1>
        <p>{t('app.crashHelp')}</p>
        <button type="button" className="button primary" onClick={() => location.reload()}>
          {t('app.reload')}
        </button>
      </section>
    </main>
  );
}
