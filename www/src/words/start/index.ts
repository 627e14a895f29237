/** Words of what is fetched when somebody opens it: gallery, lessons, kept documents, comparison, list of checks. */

import type { Language } from '..';
import { en, type StartWords } from './en';
import { ja } from './ja';

export type { StartWords } from './en';

/** A language without its catalogue, or a catalogue without a message, does not pass the type check. */
export const startWords: Record<Language, StartWords> = { en, ja };
