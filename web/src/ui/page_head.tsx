import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

// A page's title, what it is for, and what can be done on it.
export function PageHead({ title, lead, children }: { title: string; lead: string; children?: ReactNode }) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = t('app.documentTitle', { reference: title });
  }, [t, title]);
  return (
    <div className="page-head">
      <div>
        <h1>{title}</h1>
        <p className="section-lead">{lead}</p>
      </div>
      {children !== undefined && <div className="page-tools">{children}</div>}
    </div>
  );
}
