// What a person or a key may do: as a choice, and as it stands.
import { useTranslation } from 'react-i18next';

import { rights, type Right } from '../api/types';
import { SomeOf } from './choices';

interface Props {
  value: readonly Right[];
  onChange: (value: Right[]) => void;
  // Those that the one who gives them has; others cannot be chosen anew.
  givable: readonly Right[];
  missing: boolean; // whether to say that one is needed
}

export function RightsChoice({ value, onChange, givable, missing }: Props) {
  const { t } = useTranslation();
  const short = rights.some((right) => !givable.includes(right));
  return (
    <SomeOf
      label={t('right.title')}
      value={value}
      onChange={onChange}
      error={missing && value.length === 0 && t('right.needOne')}
      {...(short && { help: t('right.notYours') })}
      choices={rights.map((right) => ({
        value: right,
        label: t(`right.${right}`),
        help: t(`right.${right}Help`),
        disabled: !givable.includes(right) && !value.includes(right),
      }))}
    />
  );
}

export function RightsList({ value }: { value: readonly Right[] }) {
  const { t } = useTranslation();
  if (value.length === 0) return <span className="quiet">{t('right.none')}</span>;
  return (
    <ul className="tag-list" aria-label={t('right.title')}>
      {rights
        .filter((right) => value.includes(right))
        .map((right) => (
          <li key={right} className="tag">
            {t(`right.${right}`)}
          </li>
        ))}
    </ul>
  );
}
