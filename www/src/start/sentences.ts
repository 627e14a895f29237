/** What a check says, as a sentence with the names of the document. */

import type { Question } from '../question';
import type { Verdict } from '../types';
import { nameOf } from '../words';
import type { StartWords } from '../words/start';

/** How a destination is called in a sentence. */
export const calledIn = (written: string): string =>
  written.startsWith('https://') ? written.slice('https://'.length) : /^[a-zA-Z]+\/[^/]/.test(written) ? nameOf(written) : written;

/** The request beyond what goes without saying: `CopyObject`, `TCP 5432`. */
export function requestOf({ operation, port, protocol }: Question): string {
  if (operation !== null && operation !== 'GetObject') return operation;
  if (protocol === 'icmp') return 'ICMP';
  return port === null || (port === 443 && protocol !== 'udp') ? '' : `${(protocol ?? 'tcp').toUpperCase()} ${port}`;
}

export function sentence(words: StartWords, question: Question, expected: Verdict): string {
  const request = requestOf(question);
  return words.checks.sentences[expected](calledIn(question.from), calledIn(question.to)) + (request === '' ? '' : words.checks.request(request));
}
