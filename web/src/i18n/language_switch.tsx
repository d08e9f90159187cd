import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { changeLanguage, languages, type Language } from '.';

export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  return (
    <ToggleButtonGroup
      className="segmented"
      aria-label={t('app.language')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[i18n.language]}
      onSelectionChange={(keys) => {
        const [code] = keys;
        if (code !== undefined) changeLanguage(code as Language);
      }}
    >
      {languages.map((language) => (
        <ToggleButton key={language.code} id={language.code} aria-label={language.label} className="segment">
          <span lang={language.code}>{language.short}</span>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
