/** The lessons, in the order in which they are played. */

import type { Edit } from '../types';
import { stored } from '../stored';
import type { Language } from '../words';
import type { Texts } from './gallery';

/** A file of tests/lessons. */
export interface Lesson {
  readonly name: string;
  readonly title: Texts;
  readonly task: Texts;
  readonly hints: readonly Texts[];
  readonly solution: Edit;
  readonly learned: readonly { readonly text: Texts; readonly page: Texts; readonly link: string }[];
  /** The document at the start as JSON text; what it expects is the goal. */
  readonly text: string;
}

const files = import.meta.glob<Lesson>('../../../tests/lessons/*.yaml', { eager: true, import: 'default' });

export const lessons: readonly Lesson[] = Object.keys(files)
  .toSorted()
  .flatMap((file) => files[file] ?? []);

/** How a lesson was done: by the person, or by looking at the answer. */
export type Done = 'solved' | 'shown';

/** What was done before; anything that does not look like it counts as nothing. */
export function readProgress(text: string | null): Map<string, Done> {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map();
    return new Map(Object.entries(value).filter((entry): entry is [string, Done] => entry[1] === 'solved' || entry[1] === 'shown'));
  } catch {
    return new Map();
  }
}

export const progress = (): Map<string, Done> => readProgress(stored.get('lessons'));

/** What the person solved stays solved, even when they look at the answer later. */
export function noteDone(lesson: string, done: Done): void {
  const all = progress();
  if (all.get(lesson) !== 'solved') all.set(lesson, done);
  stored.set('lessons', JSON.stringify(Object.fromEntries(all)));
}

export const forgetProgress = (): void => stored.set('lessons', '{}');

/** AWS's page in the reader's language. */
export const pageIn = (language: Language, link: string): string =>
  language === 'ja' ? link.replace('https://docs.aws.amazon.com/', 'https://docs.aws.amazon.com/ja_jp/') : link;
