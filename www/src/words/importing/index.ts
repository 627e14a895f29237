import type { Language } from '..';
import { en, type ImportingWords } from './en';
import { ja } from './ja';

export type { ImportingWords } from './en';

/** Both languages together: they are small, and fetched only with the import. */
export const importingWords: Record<Language, ImportingWords> = { en, ja };
