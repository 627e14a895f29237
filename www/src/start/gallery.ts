/** Real situations with their documents, and what finds them by what a person sees. */

import MiniSearch from 'minisearch';

import situations from '../../../tests/gallery.yaml';
import { NEW, type Case } from '../cases';
import type { Verdict } from '../types';
import type { Language } from '../words';
import { empty } from './empty';

export type Texts = Readonly<Record<Language, string>>;

/** An entry of tests/gallery.yaml. */
export interface Situation {
  readonly scenario: string;
  readonly title: Texts;
  readonly story: Texts;
  readonly log: readonly string[];
  readonly words: Readonly<Record<Language, readonly string[]>>;
  /** What the first question of its document is answered. */
  readonly verdict: Verdict;
  /** Its document as JSON text. */
  readonly text: string;
}

export { situations };

/** The situation of that name, whose folder need not be said, or the empty start. */
export function caseOf(wanted: string): Case | undefined {
  if (wanted === NEW) return empty;
  const found = situations.find(({ scenario }) => `/${scenario}`.endsWith(`/${wanted}`));
  return found && { name: found.scenario, title: found.title, text: found.text };
}

const CJK = /[぀-ヿ㐀-鿿]+/gu;

/** Words in lower case, numbers without their value, and pairs of characters where a script has no spaces. */
function tokens(text: string): string[] {
  const plain = text.normalize('NFKC').toLowerCase();
  const pairs = [...plain.matchAll(CJK)].flatMap(([run]) => {
    const characters = [...run];
    return characters.length === 1 ? characters : characters.slice(1).map((next, index) => `${characters[index] ?? ''}${next}`);
  });
  const words = plain.replaceAll(CJK, ' ').split(/[^\p{L}\p{N}_]+/u).filter((word) => word !== '' && !/^(\d{1,2}|a|an|the|in|is|it|to|of|and|after|on|i|my|for)$/.test(word));
  return [...words, ...pairs];
}

const index = new MiniSearch<{ id: number; title: string; story: string; words: string; log: string }>({
  fields: ['title', 'story', 'words', 'log'],
  tokenize: tokens,
  processTerm: (term) => term,
  searchOptions: {
    boost: { log: 3, words: 2, title: 2 },
    prefix: (term) => term.length > 2,
    fuzzy: (term) => (/^[a-z]{5,}$/.test(term) ? 0.2 : false),
  },
});
index.addAll(
  situations.map(({ title, story, words, log }, id) => ({
    id,
    title: `${title.en} ${title.ja}`,
    story: `${story.en} ${story.ja}`,
    words: `${words.en.join(' ')} ${words.ja.join(' ')}`,
    log: log.join(' '),
  })),
);

/** The least share of the best hit's score that is still worth showing. */
const WORTH = 0.35;

/** The situations that fit what was typed or pasted, the best first; all of them for an empty text. */
export function find(query: string): readonly Situation[] {
  const wanted = tokens(query.slice(0, 4000));
  if (wanted.length === 0) return situations;
  const hits = index.search(query.slice(0, 4000));
  const best = hits[0]?.score ?? 0;
  return hits.flatMap(({ id, score }) => {
    const situation = situations[Number(id)];
    return situation && score >= best * WORTH ? [situation] : [];
  });
}
