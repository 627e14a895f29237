/** What a page's fragment asks for. Apart from the rest, so that pages without a link load nothing. */

/** Whether a fragment is meant as a link, of whatever version. */
export const isLink = (fragment: string): boolean => /^#(?:\d+$|\d*\.)/.test(fragment);

/** Opens an empty start. */
export const CLEAN = '#new';
