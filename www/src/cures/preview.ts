/** The page as it would be after a cure, without the change. */

import { sharedCore } from '../editing/core';
import type { Playground } from '../playground.svelte';
import type { AnalysisResponse, Cure } from '../types';
import { added } from './added';

/** Says whether there is something to see. */
export async function preview(p: Playground, cure: Cure): Promise<boolean> {
  const { shown } = p;
  if (!shown) return false;
  const { text, problem } = await (await sharedCore()).applyEdit(shown.text, cure.edit, p.language);
  const { question } = shown;
  const asks = question?.expectation == null ? question : null;
  const answers = async (question: typeof asks): Promise<AnalysisResponse | null> => p.answersTo(text, question) ?? (await p.grow(), p.answersTo(text, question));
  const answer = problem ? null : await answers(asks);
  const plain = asks && shown.expected.length > 0 ? await answers(null) : answer;
  if (!answer || shown !== p.shown) return false;
  const check = answer.answer.checks[question?.expectation ?? 0] ?? null;
  // On a phone the sheet would hide it.
  p.sheetOpen = false;
  p.showPreview({ text, diagram: answer.diagram, check, expected: plain?.answer.checks ?? [], question }, cure, added(shown.diagram, answer.diagram));
  return true;
}
