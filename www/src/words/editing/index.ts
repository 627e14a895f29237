import type { Language } from '..';
import type { EditWords } from './edit-en';

export type { EditWords, FieldName } from './edit-en';

/** A language without its catalogue, or a catalogue without a message, does not pass the type check. */
const catalogues: Record<Language, () => Promise<EditWords>> = {
  en: () => import('./edit-en').then((module) => module.en),
  ja: () => import('./edit-ja').then((module) => module.ja),
};

export const loadEditWords = (language: Language): Promise<EditWords> => catalogues[language]();
