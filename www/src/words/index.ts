import type { Kind, Messages } from './en';

export type { Kind, Messages, QuestionPart } from './en';

export type Language = 'en' | 'ja';

/** A language without its catalogue, or a catalogue without a message, does not pass the type check. */
const catalogues: Record<Language, () => Promise<Messages>> = {
  en: () => import('./en').then((module) => module.en),
  ja: () => import('./ja').then((module) => module.ja),
};

export const loadWords = (language: Language): Promise<Messages> => catalogues[language]();

export const languages: Record<Language, string> = { en: 'English', ja: '日本語' };

/** The first of the preferred languages that there is. */
export function preferredLanguage(preferences: readonly string[]): Language {
  for (const preference of preferences) {
    const code = preference.slice(0, 2).toLowerCase();
    if (code === 'en' || code === 'ja') return code;
  }
  return 'en';
}

/** The kind in a component's address. */
export const kindOf = (component: string): Kind => component.slice(0, Math.max(component.indexOf('/'), 0)) as Kind;

/** The name in a component's address. */
export const nameOf = (component: string): string => component.slice(component.indexOf('/') + 1);
