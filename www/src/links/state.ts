/** From the page to a link and back. */

import { titleOf } from '../embed/source';
import type { Playground } from '../playground.svelte';
import { expectations, type Question } from '../question';
import type { LinkQuestion, LinkState, LinkView } from './link';

export function stateOf(p: Playground): LinkState {
  const { show } = p;
  const view: LinkView = {
    ...(show.routes && show.acls && show.groups ? {} : { show }),
    ...(p.focus === null ? {} : { focus: p.focus }),
    ...(p.chosen ? { hop: p.hop } : {}),
    // What is edited, learned or compared is the sender's own business.
    ...(p.tab === 'text' || p.tab === 'checks' ? { tab: p.tab } : {}),
  };
  // Without a choice of the person the document's first question is asked, which the link need not say.
  return { text: p.text, question: p.question === null ? null : linkQuestion(p.question), view };
}

function linkQuestion({ from, to, port, protocol, operation, expectation }: Question): LinkQuestion {
  if (expectation !== null) return expectation;
  return {
    from,
    to,
    ...(port === null ? {} : { port }),
    ...(protocol === null ? {} : { protocol }),
    ...(operation === null ? {} : { operation }),
  };
}

/** Opens the document, asks the question, and looks where the sender looked. */
export function openState(p: Playground, { text, question, view }: LinkState): void {
  p.open(text, { kind: 'document', name: titleOf(text) });
  if (typeof question === 'number') {
    const one = expectationsOf(text)[question];
    if (one) p.ask(one);
  } else if (question !== null) {
    p.ask({ port: null, protocol: null, operation: null, ...question, expectation: null });
  }
  if (view.show) p.show = view.show;
  if (view.tab) p.tab = view.tab;
  p.focus = view.focus ?? null;
  if (view.hop !== undefined) p.select(view.hop);
}

function expectationsOf(text: string): Question[] {
  try {
    return expectations(JSON.parse(text));
  } catch {
    return [];
  }
}
