import { useTranslation } from 'react-i18next';

import { dayOf, expiresAt, type Expiry, type ExpiryKind } from './expiry';
import { Field } from './field';
import { OneOf } from './choices';

interface Props {
  value: Expiry;
  onChange: (value: Expiry) => void;
  kinds: readonly ExpiryKind[];
  tried: boolean; // whether to say what is wrong
}

export function ExpiryChoice({ value, onChange, kinds, tried }: Props) {
  const { t } = useTranslation();
  return (
    <div className="expiry">
      <OneOf
        label={t('expiry.title')}
        inline
        value={value.kind}
        onChange={(kind) => onChange({ ...value, kind })}
        choices={kinds.map((kind) => ({ value: kind, label: t(`expiry.${kind}`) }))}
      />
      {value.kind === 'date' && (
        <Field
          label={t('expiry.dateLabel')}
          type="date"
          min={dayOf(Date.now())}
          value={value.date}
          onChange={(date) => onChange({ ...value, date })}
          help={t('expiry.dateHelp')}
          error={tried && expiresAt(value) === null && t('expiry.dateWrong')}
        />
      )}
    </div>
  );
}
