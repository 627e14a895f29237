import type { Language } from '..';
import { en, type CureWords } from './en';
import { ja } from './ja';

export type { CureWords } from './en';

/** Both languages together: they are small, and fetched only with the cards. */
export const cureWords: Record<Language, CureWords> = { en, ja };
