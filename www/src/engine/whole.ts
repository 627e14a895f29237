/** The engine with everything, for documents that the one of the first view leaves to it. */

import english from '../wasm/pkg-engine-whole/engine-whole_bg.wasm?url';
import japanese from '../wasm/pkg-engine-whole-ja/engine-whole-ja_bg.wasm?url';
import type { Language } from '../words';
import { load as loadModule, type Loaded } from './wasm';

type Glue = typeof import('../wasm/pkg-engine-whole/engine-whole.js');

export const load = (language: Language): Promise<Loaded<Glue>> =>
  language === 'ja'
    ? loadModule<Glue>(import('../wasm/pkg-engine-whole-ja/engine-whole-ja.js?fresh'), japanese)
    : loadModule<Glue>(import('../wasm/pkg-engine-whole/engine-whole.js?fresh'), english);
