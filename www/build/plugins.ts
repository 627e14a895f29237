/** Plugins of the builds: scenarios, and the glue of wasm modules. */

import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

import { minify } from 'terser';
import type { Plugin } from 'vite';
import { parse } from 'yaml';

import { documentText } from './document-text.ts';

/**
 * Scenarios, gallery and lessons are written in YAML, once for tests and page. The page gets documents as JSON text,
 * which the engine reads alone, and what is written around them as data.
 */
export function scenarios(): Plugin {
  return {
    name: 'scenarios',
    transform(code, id) {
      const [file, language] = /\.yaml(?:\?answered=(\w+))?$/.exec(id) ?? [];
      if (!file) return null;
      const value: unknown = parse(code);
      if (language) {
        const gallery = id.replace(/scenarios\/.*$/, 'gallery.yaml');
        this.addWatchFile(gallery);
        const entries = parse(readFileSync(gallery, 'utf8')) as Entry[];
        const entry = entries.find(({ scenario }) => id.includes(`/scenarios/${scenario}.yaml`));
        if (!entry) throw new Error(`${id} is no scenario of ${gallery}, which has its title`);
        const { scenario: name, title, trouble } = entry;
        return answered(documentText(wished(value as Document, trouble)), language).then((found) => exported({ name, title, ...found }));
      }
      if (id.endsWith('/tests/gallery.yaml')) {
        const entries = (value as Entry[]).map(({ trouble, ...entry }) => {
          const file = `${dirname(id)}/scenarios/${entry.scenario}.yaml`;
          this.addWatchFile(file);
          const document = parse(readFileSync(file, 'utf8')) as Document;
          return { ...entry, verdict: document.expect[0]?.verdict ?? 'succeeds', text: documentText(wished(document, trouble)) };
        });
        return exported(entries);
      }
      if (dirname(id).endsWith('/tests/lessons')) {
        const { document, ...lesson } = value as { document: unknown };
        return exported({ name: basename(id, '.yaml'), ...lesson, text: documentText(document) });
      }
      return exported(documentText(value));
    },
  };
}

interface Entry {
  readonly scenario: string;
  readonly title: unknown;
  readonly trouble?: number;
}

interface Document {
  readonly expect: readonly { verdict?: string; because?: unknown; rules?: unknown }[];
}

/** With what a person in that situation wants of its first questions, instead of what the tests expect: that they succeed. */
function wished(document: Document, trouble = 1): Document {
  const expect = document.expect.map((one, index) => {
    if (index >= trouble) return one;
    const { verdict, because, rules, ...wish } = one;
    return wish;
  });
  return { ...document, expect };
}

/** A document as text, with what the engine of that language says of it. */
async function answered(text: string, lang: string): Promise<{ text: string; answer: unknown }> {
  const name = lang === 'ja' ? 'engine-ja' : 'engine';
  const glue = pathToFileURL(`src/wasm/pkg-${name}/${name}.js`).href;
  const { initSync, analyze } = (await import(glue)) as typeof import('../src/wasm/pkg-engine/engine.js');
  initSync({ module: readFileSync(`src/wasm/pkg-${name}/${name}_bg.wasm`) });
  return { text, answer: analyze(text, { lang: lang as 'en' | 'ja' }) };
}

/** Through JSON.parse, which browsers read faster than a literal. */
const exported = (value: unknown): { code: string; map: null } => ({ code: `export default JSON.parse(${JSON.stringify(JSON.stringify(value))});`, map: null });

/**
 * `…/engine.js?fresh` is the glue as a function that makes a new one. The glue keeps its instance in module scope,
 * and a module is evaluated once, so without this an instance that trapped could never be replaced.
 */
export function freshGlue(): Plugin {
  return {
    name: 'fresh-glue',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.js?fresh')) return null;
      const names = [...code.matchAll(/^export (?:async )?function (\w+)/gm)].map(([, name]) => name);
      const body = code
        .replace(/^export (?=(?:async )?function )/gm, '')
        .replace(/^export \{ initSync, __wbg_init as default \};$/m, '')
        // The page says where the module is.
        .replace(/new URL\('\w+\.wasm', import\.meta\.url\)/, 'undefined');
      if (/^(?:import|export)\b/m.test(body)) this.error(`${id} has an import or export that this plugin does not know`);
      return { code: `export default () => {\n${body}\nreturn { ${names.join(', ')}, initSync, default: __wbg_init };\n};`, map: null };
    },
  };
}

/**
 * Svelte's runtime without what takes over markup from a server, and without its modes that nothing here turns on.
 * It keeps them behind variables so that bundlers can leave them out, but those are assigned in places that only run
 * when they are set, which no bundler sees; as constants they go. So does what waits for expressions with `await`, which
 * the compiler takes only in one of those modes.
 */
export function onlyMounted(): Plugin {
  const modules: Record<string, readonly string[]> = {
    'svelte/src/internal/client/dom/hydration.js': ['hydrating'],
    'svelte/src/internal/flags/index.js': ['async_mode_flag', 'legacy_mode_flag', 'tracing_mode_flag'],
  };
  const replaced: Record<string, readonly [string, string]> = {
    'svelte/src/internal/client/reactivity/async.js': ['if (async.length === 0 && pending.length === 0) {', 'if (true) {'],
    // State is replaced, never changed inside; flatState() sees to it.
    'svelte/src/internal/client/proxy.js': ['export function proxy(value) {', 'export const proxy = (value) => value;\nfunction deep(value) {'],
    // The boundary around a mounted component has nothing to show while something is awaited, or when something fails.
    'svelte/src/internal/client/dom/blocks/boundary.js': [
      'new Boundary(node, props, children, transform_error);',
      'block(() => { branch(() => children(node)); }, flags);',
    ],
    // Nothing here asks for its signal, and an error that is made while a script loads takes some browsers a second pass over it.
    'svelte/src/internal/client/constants.js': ['class StaleReactionError extends Error {', 'class {'],
  };
  return {
    name: 'only-mounted',
    enforce: 'pre',
    apply: 'build',
    transform(code, id) {
      const [was, is] = Object.entries(replaced).find(([module]) => id.endsWith(module))?.[1] ?? [];
      if (was !== undefined && is !== undefined) {
        if (!code.includes(was)) this.error(`${id} has no longer ${was}`);
        return { code: code.replace(was, is), map: null };
      }
      const variables = Object.entries(modules).find(([module]) => id.endsWith(module))?.[1];
      if (!variables) return null;
      let fixed = code;
      for (const name of variables) {
        if (!fixed.includes(`export let ${name} = false;`)) this.error(`${id} has no variable ${name}`);
        fixed = fixed.replace(`export let ${name} = false;`, `export const ${name} = false;`).replaceAll(new RegExp(`^\\t${name} = \\w+;$`, 'gm'), '');
      }
      return { code: fixed, map: null };
    },
  };
}

/** Refuses state whose inside changes, which the runtime that is built here does not see. */
export function flatState(): Plugin {
  return {
    name: 'flat-state',
    apply: 'build',
    transform(code, id) {
      if (id.includes('/src/') && /\$\.proxy\(/.test(code)) this.error(`${id} has a $state of an object or a list: make it a $state.raw, and replace it as a whole`);
      return null;
    },
  };
}

/** For the script that carries everything: wasm modules as packed text, and the worker as text too. */
export function carried(): Plugin {
  return {
    name: 'carried',
    enforce: 'pre',
    resolveId(id, importer) {
      return id === './worker' && importer?.includes('/src/engine/') ? this.resolve('./worker.inline', importer) : null;
    },
    load(id) {
      if (!id.endsWith('.wasm?url')) return null;
      const packed = gzipSync(readFileSync(id.replace(/\?.*/, '')), { level: 9 });
      return `export default ${JSON.stringify(packed.toString('base64'))};`;
    },
  };
}

/**
 * Dynamic imports without Vite's helper that preloads style sheets: styles come with the scripts here, and the helper
 * would be part of the first view.
 */
export function plainImports(): Plugin {
  return {
    name: 'plain-imports',
    enforce: 'pre',
    apply: 'build',
    load: {
      filter: { id: /vite\/preload-helper\.js$/ },
      handler: () => 'export const __vitePreload = (load) => load();',
    },
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        chunk.code = chunk.code
          .replaceAll(/[\w$]+\(\(\)=>(import\(`[^`]+`\)(?:\.then\(\w+=>\w+\.\w+\))?),__VITE_PRELOAD__,import\.meta\.url\)/g, '$1')
          .replaceAll(',__VITE_PRELOAD__,import.meta.url)', ')');
      }
    },
  };
}

/** Leaves out everything beside one script: what it carries inside is written as files of its own too. */
export function alone(script: string): Plugin {
  return {
    name: 'alone',
    enforce: 'post',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const fileName of Object.keys(bundle)) if (fileName !== script) delete bundle[fileName];
    },
  };
}

/** What every visit fetches, minified a second time: after Vite's own minifier there is still a percent and a half in it. */
export function squeezed(): Plugin {
  return {
    name: 'squeezed',
    enforce: 'post',
    apply: 'build',
    async generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk' || !UNASKED.test(chunk.fileName)) continue;
        const { code } = await minify(chunk.code, { module: true, compress: { passes: 3, ecma: 2020, unsafe_arrows: true, keep_fargs: false }, sourceMap: false });
        // Nearly all of the first view runs at once, so browsers that know the hint compile it while it loads.
        if (code) chunk.code = /first-view/.test(chunk.fileName) ? `//# allFunctionsCalledOnLoad\n${code}` : code;
      }
    },
  };
}

/** Scripts that a page fetches without being asked: the first view, and what comes right after it. */
const UNASKED = /assets\/(?:first-view|late|en|ja)-/;

/** The one asset whose name is like that. */
export function named(bundle: Readonly<Record<string, unknown>>, pattern: string): string {
  const found = Object.keys(bundle).filter((name) => new RegExp(`^assets/${pattern}$`).test(name));
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} assets are named like ${pattern}`);
  return found[0];
}
