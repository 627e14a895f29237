/** What is wrong with how the element or a link was written; said in the element, in words of `words/embedding`. */

import type { LinkProblem } from './links/link';

export type Notice =
  /** An attribute has a value that means nothing; `used` is what stands in for it. */
  | { readonly kind: 'unknownValue'; readonly attribute: string; readonly value: string; readonly known: readonly string[]; readonly used: string | null }
  /** Neither attribute nor content says what to show. */
  | { readonly kind: 'noSource' }
  /** The document at an address could not be fetched. */
  | { readonly kind: 'sourceFailed'; readonly url: string; readonly reason: string }
  /** What was fetched is no document and nothing that can be imported. */
  | { readonly kind: 'sourceNotDocument'; readonly url: string }
  /** The inline document is in a language of documents that nobody knows. */
  | { readonly kind: 'unknownType'; readonly value: string }
  /** The address has a link that cannot be opened. */
  | { readonly kind: 'link'; readonly problem: LinkProblem; readonly detail: string };
