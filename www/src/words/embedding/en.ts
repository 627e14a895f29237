/** Words of embedded elements, of links and of sharing; fetched when they are needed. */

import type { LinkProblem } from '../../links/link';

const links: Record<LinkProblem, (detail: string) => string> = {
  version: (version) => `This link is of version ${version}, which this page does not know. Open it with a newer vpcreach.`,
  characters: (found) => `The link has a character that no link has: ${found}. It was changed on its way here.`,
  cutOff: () => 'The link ends too early. It was cut off on its way here.',
  damaged: () => 'The link was changed on its way here, so its content does not match its checksum.',
  tooLarge: (limit) => `The link unpacks to more than ${limit}. No link made here does.`,
  notText: () => 'The link holds bytes that are no text.',
  notState: () => 'The link holds text that is no state of the playground.',
};

export const en = {
  links,
  notices: {
    unknownValue: (attribute: string, value: string): string => `The attribute ${attribute} says “${value}”, which means nothing here.`,
    known: (values: string): string => `It can say ${values}.`,
    nearest: (value: string): string => `Did you mean “${value}”?`,
    used: (value: string): string => `Until then it is taken for “${value}”.`,
    noSource: 'This element does not say what to show. Give it the attribute src or scenario, or a document inside the tag.',
    sourceFailed: (url: string): string => `The document ${url} could not be loaded.`,
    sourceNotDocument: (url: string): string => `${url} is neither a document nor AWS CLI output that this page knows.`,
    unknownType: (type: string): string => `The document inside the tag has the type ${type}. It can be application/json or application/yaml.`,
    kept: 'What you have here is unchanged.',
    dismiss: 'Dismiss',
  },
  embed: {
    label: 'VPC diagram and verdict',
    problems: 'What is wrong with the document',
    hops: (count: number): string => (count === 1 ? '1 hop, with its rule' : `${count} hops, with the rule at each`),
    open: 'Open in full playground',
    edited: 'The document was changed.',
    undoAll: 'Reset',
  },
  share: {
    heading: 'Share',
    close: 'Close',
    lead: 'The link holds the whole state, document included. Nothing is uploaded.',
    link: 'Link',
    markdown: 'Markdown link',
    embed: 'Embed in a page',
    embedHint: 'The element with the document inside. Paste it into HTML or Markdown of your docs.',
    noSite: 'Where the script comes from is not known here, so replace its address with your own.',
    copy: (what: string): string => `Copy: ${what}`,
    copied: 'Copied',
    notCopied: 'The browser did not allow copying. Select the text and copy it.',
    length: (characters: string): string => `${characters} characters`,
    long: 'Some programs cut links of this length. The exported document is safer.',
    export: 'Export',
    document: 'Document (JSON)',
    svg: 'Diagram (SVG)',
    png: 'Diagram (PNG)',
    leftOut: (what: string, places: string): string => `${what} does not say this part of the document: ${places}`,
    print: 'Print',
    failed: (what: string): string => `${what} could not be made.`,
    untitled: 'VPC',
  },
};

export type EmbeddingWords = typeof en;
