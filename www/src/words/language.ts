/** Which language a visit is in; apart from the words, so that what runs first loads none. */

import { stored } from '../stored';

export type Language = 'en' | 'ja';

export const languages: Record<Language, string> = { en: 'English', ja: '日本語' };

/** The first of the preferred languages that there is. */
export function preferredLanguage(preferences: readonly (string | null | undefined)[]): Language {
  for (const preference of preferences) {
    const code = preference?.slice(0, 2).toLowerCase();
    if (code === 'en' || code === 'ja') return code;
  }
  return 'en';
}

/** As person and browser want it; `attribute` is what an element says itself. */
export const languageOfVisit = (attribute?: string | null): Language => preferredLanguage([attribute, stored.get('language'), ...navigator.languages]);
