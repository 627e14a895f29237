/**
 * Links: the whole state in the fragment of an address, `#1.` and then base64url.
 *
 * The 1 is the version of everything that follows: three bytes of checksum, then raw deflate with the preset
 * dictionary `dictionary-1.txt`, which makes links about half as long (measured over the scenarios). A version's
 * dictionary and meaning never change, since links are kept; another meaning is another version.
 */

import { deflateSync, Inflate } from 'fflate';

import { documentText } from '../../build/document-text';
import dictionary from './dictionary-1.txt?raw';

/** Where in the answer and how the diagram is looked at; nothing in it depends on the language. */
export interface LinkView {
  /** What the diagram shows. */
  readonly show?: { readonly routes: boolean; readonly acls: boolean; readonly groups: boolean };
  /** Whether subnets off the path fold. */
  readonly focus?: boolean;
  /** The hop that is selected. */
  readonly hop?: number;
  readonly tab?: 'answer' | 'text' | 'checks';
}

/** A question, or the position of an entry of the document's `expect` list. */
export type LinkQuestion = number | { readonly from: string; readonly to: string; readonly port?: number; readonly protocol?: 'tcp' | 'udp' | 'icmp'; readonly operation?: string };

export interface LinkState {
  /** The document as it is written, whether it is valid or not. */
  readonly text: string;
  readonly question: LinkQuestion | null;
  readonly view: LinkView;
}

/** What can be wrong with a link; `words/embedding` says it. */
export type LinkProblem = 'version' | 'characters' | 'cutOff' | 'damaged' | 'tooLarge' | 'notText' | 'notState';

export class BrokenLink extends Error {
  constructor(
    readonly problem: LinkProblem,
    readonly detail = '',
  ) {
    super(`broken link: ${problem} ${detail}`);
  }
}

const VERSION = '1';
const CHECKSUM_BYTES = 3;
/** No document that fits into an address comes near it; a bomb stops here. */
const MOST_BYTES = 2_000_000;
/** What is unpacked at once: at deflate's highest ratio half a megabyte. */
const PIECE = 512;

const presets = new TextEncoder().encode(dictionary);

/** The fragment with its `#`. */
export function encodeLink(state: LinkState): string {
  const bytes = new TextEncoder().encode(JSON.stringify(payload(state)));
  const packed = deflateSync(bytes, { level: 9, mem: 9, dictionary: presets });
  const whole = new Uint8Array(CHECKSUM_BYTES + packed.length);
  whole.set(checksum(bytes));
  whole.set(packed, CHECKSUM_BYTES);
  return `#${VERSION}.${toBase64(whole)}`;
}

/** @throws BrokenLink which says what is wrong. It takes a bounded time, whatever the fragment. */
export function decodeLink(fragment: string): LinkState {
  const [, version = '', body = ''] = /^#?(\d*)\.?([^]*)$/.exec(fragment) ?? [];
  if (version !== VERSION) throw new BrokenLink('version', version.slice(0, 10));
  const whole = fromBase64(body);
  if (whole.length <= CHECKSUM_BYTES) throw new BrokenLink('cutOff');
  const bytes = inflate(whole.subarray(CHECKSUM_BYTES));
  if (checksum(bytes).some((byte, index) => byte !== whole[index])) throw new BrokenLink('damaged');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BrokenLink('notText');
  }
  try {
    return state(JSON.parse(text));
  } catch {
    throw new BrokenLink('notState');
  }
}

/** FNV-1a, of which three bytes are kept: what a slip of the hand or of a mail program does to a link is found. */
function checksum(bytes: Uint8Array): Uint8Array {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return Uint8Array.of(hash >>> 24, hash >>> 16, hash >>> 8);
}

function inflate(packed: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  const stream = new Inflate({ dictionary: presets }, (piece, last) => {
    pieces.push(piece);
    length += piece.length;
    ended = last;
  });
  for (let at = 0; at < packed.length; at += PIECE) {
    try {
      stream.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
    } catch (error) {
      // The library's code 0 is an unexpected end.
      throw new BrokenLink((error as { code?: unknown }).code === 0 ? 'cutOff' : 'damaged');
    }
    if (length > MOST_BYTES) throw new BrokenLink('tooLarge', `${MOST_BYTES / 1_000_000} MB`);
  }
  if (!ended) throw new BrokenLink('cutOff');
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64(text: string): Uint8Array {
  const strange = /[^\w-]/u.exec(text);
  if (strange) throw new BrokenLink('characters', strange[0]);
  // One letter over carries no whole byte.
  if (text.length % 4 === 1) throw new BrokenLink('cutOff');
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}

/** What is packed. A document in the page's own layout travels as a value, without the layout. */
function payload({ text, question, view }: LinkState): object {
  const value = plainValue(text);
  return {
    ...(value === undefined ? { text } : { document: value }),
    ...(question === null ? {} : { ask: question }),
    ...(Object.keys(view).length === 0 ? {} : { view }),
  };
}

/** The value of a JSON object whose layout says nothing; undefined where anything else would be lost. */
function plainValue(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const bare = text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');
    return bare === JSON.stringify(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws Error when it is no state. Parts of it that mean nothing are left out. */
function state(value: unknown): LinkState {
  if (!isObject(value)) throw new Error('not an object');
  const { document, text, ask, view } = value;
  if (typeof text !== 'string' && !isObject(document)) throw new Error('no document');
  return { text: typeof text === 'string' ? text : documentText(document), question: questionOf(ask), view: viewOf(view) };
}

function questionOf(value: unknown): LinkQuestion | null {
  const isIndex = (number: unknown): number is number => Number.isSafeInteger(number) && Number(number) >= 0;
  if (isIndex(value)) return value;
  if (!isObject(value)) return null;
  const { from, to, port, protocol, operation } = value;
  if (typeof from !== 'string' || typeof to !== 'string') return null;
  return {
    from,
    to,
    ...(isIndex(port) && port >= 1 && port <= 65535 ? { port } : {}),
    ...(protocol === 'tcp' || protocol === 'udp' || protocol === 'icmp' ? { protocol } : {}),
    ...(typeof operation === 'string' ? { operation } : {}),
  };
}

function viewOf(value: unknown): LinkView {
  if (!isObject(value)) return {};
  const { show, focus, hop, tab } = value;
  return {
    ...(isObject(show) ? { show: { routes: show['routes'] !== false, acls: show['acls'] !== false, groups: show['groups'] !== false } } : {}),
    ...(typeof focus === 'boolean' ? { focus } : {}),
    ...(Number.isSafeInteger(hop) && Number(hop) >= 0 ? { hop: Number(hop) } : {}),
    ...(tab === 'answer' || tab === 'text' || tab === 'checks' ? { tab } : {}),
  };
}
