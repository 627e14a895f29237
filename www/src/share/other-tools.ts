/** Documents and changes in the languages of other tools; the module for it is fetched when somebody asks. */

import { instance, load } from '../engine/wasm';
import type { ChangeFormat, DocumentFormat, TakenAway } from '../types';
import moduleUrl from '../wasm/pkg-export/export_bg.wasm?url';
import type { Language } from '../words';

type Glue = typeof import('../wasm/pkg-export/export.js');

let loaded: ReturnType<typeof load<Glue>> | undefined;

/** Each call has a fresh instance, so one that trapped spoils no other. */
async function glue(): Promise<Glue> {
  loaded ??= load<Glue>(import('../wasm/pkg-export/export.js?fresh'), moduleUrl).catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return instance(await loaded);
}

/** The document, which is JSON, in another language. */
export const documentAs = async (text: string, format: DocumentFormat): Promise<TakenAway> => (await glue()).exportDocument(text, format);

/** What leads from one document to the other. */
export const changeAs = async (before: string, after: string, format: ChangeFormat, language: Language): Promise<TakenAway> =>
  (await glue()).exportChange(before, after, format, language);
