import type { Language } from '../language';
import { en, type PageWords } from './en';
import { ja } from './ja';

export const pageWords: Record<Language, PageWords> = { en, ja };
