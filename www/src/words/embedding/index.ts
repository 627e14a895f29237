import type { Language } from '..';
import { en, type EmbeddingWords } from './en';
import { ja } from './ja';

export type { EmbeddingWords } from './en';

/** Both languages together: they are small, and fetched only with a part that needs them. */
export const embeddingWords: Record<Language, EmbeddingWords> = { en, ja };
