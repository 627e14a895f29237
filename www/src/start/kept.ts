/** The person's own documents, kept in this browser and nowhere else. A browser that keeps nothing is fine. */

import { clear, createStore, delMany, entries, set, type UseStore } from 'idb-keyval';

export interface Kept {
  readonly id: string;
  readonly name: string;
  /** The document as it was typed. */
  readonly text: string;
  /** When it was last changed, in milliseconds since 1970. */
  readonly changed: number;
}

/** No more documents than these are kept; the one that was changed longest ago goes first. */
export const MOST = 30;

/** In characters. A document of 300 subnets has about 200,000. */
export const LARGEST = 4_000_000;

export type Refusal = 'tooLarge' | 'noRoom' | 'unavailable';

let store: UseStore | undefined;

const opened = (): UseStore => (store ??= createStore('vpcreach', 'documents'));

export const isKept = (value: unknown): value is Kept => {
  const kept = value as Partial<Record<keyof Kept, unknown>> | null;
  return typeof kept === 'object' && kept !== null && typeof kept.id === 'string' && typeof kept.name === 'string' && typeof kept.text === 'string' && typeof kept.changed === 'number' && Number.isFinite(kept.changed);
};

export interface Shelved {
  /** The latest first. */
  readonly documents: readonly Kept[];
  /** Keys of entries that are not documents. */
  readonly damaged: readonly IDBValidKey[];
}

/** What is kept, or null where the browser keeps nothing. */
export async function listKept(): Promise<Shelved | null> {
  try {
    const all = await entries<IDBValidKey, unknown>(opened());
    const documents = all.flatMap(([, value]) => (isKept(value) ? [value] : []));
    const damaged = all.flatMap(([key, value]) => (isKept(value) && value.id === key ? [] : [key]));
    return { documents: documents.toSorted((a, b) => b.changed - a.changed), damaged };
  } catch {
    store = undefined;
    return null;
  }
}

/** Keeps a document, and says why not where that fails. */
export async function keep(document: Kept): Promise<Refusal | null> {
  if (document.text.length > LARGEST) return 'tooLarge';
  try {
    await set(document.id, document, opened());
    const shelved = await listKept();
    const tooMany = shelved?.documents.slice(MOST).map(({ id }) => id) ?? [];
    if (tooMany.length > 0) await delMany(tooMany, opened());
    return null;
  } catch (error) {
    store = undefined;
    return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'noRoom' : 'unavailable';
  }
}

export async function removeKept(keys: readonly IDBValidKey[]): Promise<void> {
  await delMany([...keys], opened()).catch(() => undefined);
}

export async function removeAllKept(): Promise<void> {
  await clear(opened()).catch(() => undefined);
}
