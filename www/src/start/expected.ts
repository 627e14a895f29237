/** What a document promises: its questions, each with the verdict that is expected. */

import { expectations, type Question } from '../question';
import type { Verdict } from '../types';
import { en } from '../words/start/en';

export interface Expected {
  readonly question: Question;
  readonly expected: Verdict;
}

export const VERDICTS = Object.keys(en.verdicts) as Verdict[];

const isVerdict = (value: unknown): value is Verdict => VERDICTS.some((verdict) => verdict === value);

/** From the document's JSON text; what is not said means that it arrives. */
export function expected(text: string): Expected[] {
  const document: unknown = JSON.parse(text);
  const list = (document as { expect?: readonly { verdict?: unknown }[] }).expect ?? [];
  return expectations(document).map((question, index) => {
    const verdict = list[index]?.verdict;
    return { question, expected: isVerdict(verdict) ? verdict : 'succeeds' };
  });
}
