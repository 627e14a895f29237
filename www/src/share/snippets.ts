/** What a person pastes elsewhere: a link in Markdown, and the element in HTML. */

/** A link in Markdown; no title ends it early or carries markup of its own. */
export const markdownLink = (title: string, url: string): string =>
  `[${title.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>&!|~]/g, '\\$&')}](${url})`;

/** Without what would end a script element or begin a comment in it; JSON reads the escape as the same character. */
const insideScript = (json: string): string => json.replaceAll('<', '\\u003c');

const attribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

const paragraph = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export interface Embedding {
  /** Address of the script that registers the element. */
  readonly script: string;
  /** Whether it is a module; the offline script is none. */
  readonly module: boolean;
  /** The document as JSON. */
  readonly json: string;
  /** Shown without JavaScript. */
  readonly fallback: string;
  readonly link: string;
}

/** The element with its document inside, and a link to the whole playground for readers without JavaScript. */
export function embedSnippet({ script, module, json, fallback, link }: Embedding): string {
  return [
    `<script${module ? ' type="module"' : ''} src="${attribute(script)}"></script>`,
    '<vpc-playground mode="try">',
    '<script type="application/json">',
    // An empty line would end the element in Markdown.
    insideScript(json.trim()).replace(/\n\s*\n/g, '\n'),
    '</script>',
    `<p><a href="${attribute(link)}">${paragraph(fallback)}</a></p>`,
    '</vpc-playground>',
    '',
  ].join('\n');
}

/** A file name out of a title. */
export const fileName = (title: string, ending: string): string =>
  `${title.toLowerCase().normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '').slice(0, 60) || 'vpc'}.${ending}`;
