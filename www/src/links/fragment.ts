/** Whether a fragment is meant as a link, of whatever version. Apart from the rest, so that pages without a link load nothing. */
export const isLink = (fragment: string): boolean => /^#(?:\d+$|\d*\.)/.test(fragment);
