/**
 * The site's page as it is before its script runs. The build draws the app's first view, in every language, and writes it
 * into the page as the shadow root of the element: verdict and diagram are painted as soon as markup and style are there,
 * and the app takes their place in one go. Nothing in it answers or takes the focus, and a page that is opened with a link
 * does not show it.
 */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build, type HtmlTagDescriptor, type Plugin, type Rolldown } from 'vite';

import { freshGlue, named, scenarios } from '../plugins.ts';
import { drawing, Sheet } from './drawing.ts';
import { addClass, find, parse, print, within, type Element } from './markup.ts';
import type * as Rendering from './render.ts';

/** Browsers that know light-dark(), so that it is not rewritten into something longer that a theme cannot override. */
export const CSS_TARGET = ['chrome123', 'firefox120', 'safari17.5'];

const EARLY = 'assets/early.js';

interface Drawn {
  /** Children of the shadow root, but for the style sheet. */
  readonly html: string;
  readonly css: string;
  /** What is seen where there are no scripts, or where none come. */
  readonly instead: string;
}

export function startPage(): Plugin {
  let drawn: Promise<Drawn>;
  return {
    name: 'start-page',
    apply: 'build',
    buildStart() {
      drawn = draw();
      // Whoever needs it says what went wrong.
      drawn.catch(() => {});
    },
    async renderStart() {
      this.emitFile({ type: 'asset', name: 'start-page.css', source: (await drawn).css });
    },
    async generateBundle(_, bundle) {
      this.emitFile({ type: 'asset', fileName: EARLY, source: await early(bundle) });
      this.emitFile({ type: 'asset', fileName: 'offline.html', source: offlinePage(readFileSync('index.html', 'utf8'), (await drawn).instead) });
    },
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle = {} }) {
        const style = `./${named(bundle, 'start-page-[\\w-]{8}\\.css')}`;
        const link = (attrs: Record<string, string>): HtmlTagDescriptor => ({ tag: 'link', attrs, injectTo: 'head' });
        const { html: views, instead } = await drawn;
        return {
          html: inside(html, `<template shadowrootmode="open"><link rel="stylesheet" href="${style}">${views}</template>${instead}`),
          tags: [
            { tag: 'script', attrs: { src: `./${EARLY}` }, injectTo: 'head-prepend' },
            link({ rel: 'preload', as: 'style', href: style }),
            // The first answer and the words around it, in all languages: the page's script asks for them only when it runs.
            ...['first-en', 'en', 'first-ja', 'ja', 'late'].map((name) => link({ rel: 'modulepreload', crossorigin: '', href: `./${named(bundle, `${name}-[\\w-]{8}\\.js`)}` })),
          ],
        };
      },
    },
  };
}

/** Draws the first view in every language. */
async function draw(): Promise<Drawn> {
  const { languages, open, pageWords, styles } = await rendering();
  const sheet = new Sheet();
  const views: string[] = [];
  const instead: string[] = [];
  const examples: string[] = [];
  for (const language of Object.keys(languages) as (keyof typeof languages)[]) {
    const app = await open(language);
    const canvas = drawing(app, sheet);
    const nodes = parse(app(0));
    find(nodes, 'canvas').children = parse(canvas);
    for (const name of ANSWERING) find(nodes, name).attributes.set('inert', '');
    for (const element of within(nodes)) strip(element);
    for (const option of find(nodes, 'lang').children.flatMap((child) => [...within([child])])) {
      if (option.tag === 'option' && print(option.children) === languages[language]) option.attributes.set('selected', '');
    }
    addClass(find(nodes, 'app'), 'still');
    const { about, needs, example } = pageWords[language];
    instead.push(`<p lang="${language}" hidden>${about} ${needs}</p>`);
    examples.push(`<p class="told" lang="${language}">${example}</p>`);
    views.push(print(nodes).replaceAll(/> <\//g, '></'));
  }
  return { html: `<header><slot></slot>${examples.join('')}</header>${views.join('')}`, instead: instead.join(''), css: `${styles}${sheet.css()}` };
}

/** Classes of what answers to somebody; the rest is there to be read. */
const ANSWERING = ['top', 'ask', 'seg2', 'caller', 'canvas'];

/** Takes away what only the app makes true, and what nobody meets in what is inert. What the style sheet asks for stays. */
function strip({ attributes }: Element): void {
  for (const name of attributes.keys()) if (/^(?:role|tabindex|title|value|data-.*|aria-(?:live|atomic|haspopup|expanded|selected|level))$/.test(name)) attributes.delete(name);
  const names = attributes.get('class')?.trim().replaceAll(/\s+/g, ' ');
  if (names !== undefined) attributes.set('class', names);
}

/** The app as a program that draws it as markup, built for that alone. */
async function rendering(): Promise<typeof Rendering> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [scenarios(), freshGlue(), svelte()],
    define: { __STANDALONE__: 'false' },
    ssr: { noExternal: true },
    build: { ssr: 'build/start-page/render.ts', write: false, cssMinify: true, cssTarget: CSS_TARGET, rolldownOptions: { output: { codeSplitting: false } } },
  });
  const [script] = outputs(result).filter((one) => one.type === 'chunk');
  if (!script) throw new Error('the program that draws the start page was not built');
  // As a file, since Node imports nothing else that has a name in traces.
  const file = `node_modules/.vite/start-page-${process.pid}.mjs`;
  mkdirSync('node_modules/.vite', { recursive: true });
  writeFileSync(file, script.code);
  try {
    return (await import(pathToFileURL(file).href)) as typeof Rendering;
  } finally {
    rmSync(file);
  }
}

/** The script in the page's head, which names files by the names that this build gave them. */
async function early(bundle: Rolldown.OutputBundle): Promise<string> {
  const script = (name: string): string => named(bundle, `${name}-[\\w-]{8}\\.js`);
  const engine = (name: string): string[] => [named(bundle, `${name}_bg-.{8}\\.wasm`), script(name)];
  const ahead = { en: engine('engine'), ja: engine('engine-ja'), link: ['address', 'link', 'state', 'source'].map(script) };
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    define: { __AHEAD__: JSON.stringify(ahead) },
    build: { write: false, modulePreload: false, target: 'es2023', rolldownOptions: { input: 'src/early.ts', output: { format: 'iife' } } },
  });
  const [chunk] = outputs(result).filter((one) => one.type === 'chunk');
  if (!chunk) throw new Error('the script in the head was not built');
  return chunk.code;
}

const outputs = (result: Awaited<ReturnType<typeof build>>): readonly (Rolldown.OutputChunk | Rolldown.OutputAsset)[] => {
  if ('close' in result) throw new Error('the build does not end');
  return [result].flat().flatMap(({ output }) => output);
};

/** The page with that inside the element. */
function inside(page: string, content: string): string {
  const empty = '></vpc-playground>';
  if (!page.includes(empty)) throw new Error('index.html has no empty <vpc-playground>');
  return page.replace(empty, () => `>${content}${empty.slice(1)}`);
}

/** The page that opens as a file: the site's page with the one script that carries everything, instead of the module. */
function offlinePage(page: string, instead: string): string {
  const module = /^ *<script type="module".*<\/script>\n/m;
  if (!module.test(page)) throw new Error('index.html has no script on a line of its own');
  return inside(page, instead).replace(module, '').replace('  </head>', '    <script src="./vpc-playground.offline.js" defer></script>\n  </head>');
}
