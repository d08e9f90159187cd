// The verifier's languages, for its own page and for the portal's.
import { en } from './words/en.mjs';
import { zhHans } from './words/zh_hans.mjs';
import { zhHant } from './words/zh_hant.mjs';

export const languages = [
  { code: 'en', label: 'English', short: 'EN', locale: 'en-GB', words: en },
  { code: 'zh-Hant', label: '繁體中文', short: '繁', locale: 'zh-Hant-HK', words: zhHant },
  { code: 'zh-Hans', label: '简体中文', short: '简', locale: 'zh-Hans-CN', words: zhHans },
];

export const languageOf = (code) => languages.find((language) => language.code === code) ?? languages[0];

// Chinese of Taiwan, Hong Kong and Macau is written in traditional characters.
export function preferredLanguage(tags) {
  for (const tag of tags) {
    if (/^zh-(hant|tw|hk|mo)/i.test(tag)) return languageOf('zh-Hant');
    if (/^zh/i.test(tag)) return languageOf('zh-Hans');
    if (/^en/i.test(tag)) return languageOf('en');
  }
  return languages[0];
}

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? '')).trim();
