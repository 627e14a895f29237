/** Reading the document as data: where a component stands in it, and what is there. */

import { kindOf, nameOf, type Kind } from '../words';

export type Value = unknown;
export type Fields = Readonly<Record<string, Value>>;

export const isFields = (value: Value): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** One setting of account and Region, not a section of named things. */
export const ONE_OF_A_KIND = 'vpcBlockPublicAccess';

/** The document's section for a kind of component. */
export const sectionOf = (kind: Kind): string => (kind === ONE_OF_A_KIND || kind === 'dhcpOptions' ? kind : kind === 'managedPolicy' ? 'managedPolicies' : `${kind}s`);

const escape = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');
const unescape = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

export const pointer = (...parts: readonly (string | number)[]): string => parts.map((part) => `/${escape(String(part))}`).join('');

/** Where the component's fields stand. */
export function pathOf(component: string): string {
  const kind = kindOf(component);
  return kind === ONE_OF_A_KIND ? pointer(kind) : pointer(sectionOf(kind), nameOf(component));
}

/** The value at a JSON Pointer; undefined where there is none. */
export function valueAt(document: Value, path: string): Value {
  let value = document;
  for (const part of path.split('/').slice(1).map(unescape)) {
    if (Array.isArray(value)) value = value[Number(part)];
    else if (isFields(value) && Object.hasOwn(value, part)) value = value[part];
    else return undefined;
  }
  return value;
}

/** Names in a section. */
export function namesIn(document: Value, section: string): string[] {
  const found = isFields(document) ? document[section] : undefined;
  return isFields(found) ? Object.keys(found) : [];
}

/** The component that a pointer leads into. */
export function componentAt(path: string, kinds: readonly Kind[]): string | null {
  const [section, name] = path.split('/').slice(1).map(unescape);
  const kind = kinds.find((one) => sectionOf(one) === section);
  if (kind === undefined) return null;
  if (kind === ONE_OF_A_KIND) return `${kind}/`;
  return name === undefined ? null : `${kind}/${name}`;
}
