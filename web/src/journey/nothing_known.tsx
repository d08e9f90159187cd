import { useTranslation } from 'react-i18next';

import { checkContainer } from '../search/reference_text';

export function NothingKnown({ reference }: { reference: string }) {
  const { t } = useTranslation();
  const check = checkContainer(reference);
  return (
    <section className="panel nothing" role="status">
      <h1>{t('journey.notFound', { reference })}</h1>
      {check !== null && !check.correct && <p className="notice">{t('search.checkDigitWrong', { expected: check.expected })}</p>}
      <p>{t('journey.notFoundCauses')}</p>
      <ul>
        <li>{t('journey.notFoundTypo')}</li>
        <li>{t('journey.notFoundYet')}</li>
        <li>{t('journey.notFoundHidden')}</li>
      </ul>
      <p className="quiet">{t('journey.looksAgain')}</p>
    </section>
  );
}
