import { useTranslation } from 'react-i18next';

const cells = [1, 2, 3];

// The shape of what is coming, so that nothing jumps when it comes.
export function JourneySkeleton() {
  const { t } = useTranslation();
  return (
    <div className="skeletons" role="status">
      <span className="visually-hidden">{t('journey.loading')}</span>
      <div className="skeleton skeleton-title" />
      <div className="headline">
        {cells.map((cell) => (
          <div key={cell} className="skeleton skeleton-cell" />
        ))}
      </div>
      {cells.map((cell) => (
        <div key={cell} className="skeleton skeleton-row" />
      ))}
    </div>
  );
}
