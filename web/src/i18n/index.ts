// The portal's languages: which there are, which one is in use, and how it is remembered.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

import { en } from './en';
import { zhHans } from './zh_hans';
import { zhHant } from './zh_hant';

export const languages = [
  { code: 'en', label: 'English', short: 'EN', locale: 'en-GB' },
  { code: 'zh-Hant', label: '繁體中文', short: '繁', locale: 'zh-Hant-HK' },
  { code: 'zh-Hans', label: '简体中文', short: '简', locale: 'zh-Hans-CN' },
] as const;

export type Language = (typeof languages)[number]['code'];

const storageKey = 'fairway.language';

function isLanguage(code: string | null): code is Language {
  return languages.some((language) => language.code === code);
}

// What the browser asks for, as one of ours: Chinese of Taiwan, Hong Kong and Macau is written in traditional characters.
function preferred(): Language {
  for (const tag of navigator.languages) {
    if (/^zh-(hant|tw|hk|mo)/i.test(tag)) return 'zh-Hant';
    if (/^zh/i.test(tag)) return 'zh-Hans';
    if (/^en/i.test(tag)) return 'en';
  }
  return 'en';
}

function initial(): Language {
  const remembered = localStorage.getItem(storageKey);
  return isLanguage(remembered) ? remembered : preferred();
}

export function localeOf(code: string): string {
  return languages.find((language) => language.code === code)?.locale ?? 'en-GB';
}

export function changeLanguage(code: Language): void {
  localStorage.setItem(storageKey, code);
  void i18next.changeLanguage(code);
}

i18next.on('languageChanged', (code) => {
  document.documentElement.lang = code;
});

void i18next.use(initReactI18next).init({
  resources: {
    en: { translation: en },
    'zh-Hant': { translation: zhHant },
    'zh-Hans': { translation: zhHans },
  },
  lng: initial(),
  fallbackLng: 'en',
  interpolation: { escapeValue: false }, // React escapes
});

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}
