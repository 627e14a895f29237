import type { Kind, Messages } from './en';
import type { Language } from './language';

export type { Kind, Messages, QuestionPart } from './en';

export { languageOfVisit, languages, preferredLanguage, type Language } from './language';

/** A language without its catalogue, or a catalogue without a message, does not pass the type check. */
const catalogues: Record<Language, () => Promise<Messages>> = {
  en: () => import('./en').then((module) => module.en),
  ja: () => import('./ja').then((module) => module.ja),
};

export const loadWords = (language: Language): Promise<Messages> => catalogues[language]();

/** The kind in a component's address. */
export const kindOf = (component: string): Kind => component.slice(0, Math.max(component.indexOf('/'), 0)) as Kind;

/** The name in a component's address. */
export const nameOf = (component: string): string => component.slice(component.indexOf('/') + 1);
