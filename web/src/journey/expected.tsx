import { useTranslation } from 'react-i18next';

import type { Expectation } from '../api/types';
import { instantOf } from '../i18n/format';
import { ClassifierGlyph } from '../ui/icons';
import { PlaceName } from '../ui/place_name';
import { Time } from '../ui/time';

export function Expected({ expected }: { expected: readonly Expectation[] }) {
  const { t } = useTranslation();
  if (expected.length === 0) return null;
  return (
    <section className="section" aria-labelledby="expected-title">
      <h2 id="expected-title" className="section-title">
        {t('journey.expected')}
      </h2>
      <ol className="expected">
        {expected.map((step, index) => (
          <li key={index} className="expected-step">
            <p className="expected-what">
              <ClassifierGlyph classifier={step.classifier ?? 'planned'} />
              <strong>{t(`milestone.${step.milestone}`)}</strong>
              {step.place !== undefined && <PlaceName place={step.place} />}
              {step.equipment !== undefined && <span className="tag mono">{step.equipment}</span>}
            </p>
            <p className="expected-when">
              {step.classifier !== undefined && <span>{t(`classifier.${step.classifier}`)} </span>}
              {step.at === undefined ? t('journey.noTimeYet') : <Time instant={instantOf(step.at)} />}
            </p>
            {step.classifier === undefined && <p className="expected-text">{t('journey.usuallyFollows')}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
