import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

import { codePages } from './build/code-pages.ts';
import { flatState, freshGlue, onlyMounted, plainImports, scenarios, squeezed } from './build/plugins.ts';
import { CSS_TARGET, startPage } from './build/start-page/plugin.ts';

export default defineConfig({
  base: './',
  plugins: [scenarios(), freshGlue(), onlyMounted(), plainImports(), svelte(), flatState(), codePages(), startPage(), squeezed()],
  define: { __STANDALONE__: 'false' },
  server: { fs: { allow: ['..'] } },
  build: {
    target: 'es2023',
    cssTarget: CSS_TARGET,
    modulePreload: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      // The site's page, the script that other pages load from the site, and the entry of the npm package.
      optimization: { inlineConst: { mode: 'all', pass: 3 } },
      input: { index: 'index.html', 'vpc-playground': 'src/vpc-playground.ts', element: 'src/index.ts' },
      preserveEntrySignatures: 'exports-only',
      output: {
        // Everything that the first view needs, in one file, and what every visit fetches right after it in another;
        // groups take along what their modules import.
        codeSplitting: {
          groups: [
            { name: 'first-view', test: /src\/element\.ts$/, priority: 1 },
            { name: 'late', test: /src\/(?:late\.ts|parts\/(?:Tools|Panel|AnswerPanel|LogRun|Player|Status)\.svelte|cures\/Fixes\.svelte)$/ },
          ],
        },
        // Other pages name the scripts, so their names stay.
        entryFileNames: ({ name }) => (name === 'index' ? 'assets/[name]-[hash].js' : '[name].js'),
      },
    },
  },
  worker: { format: 'es', plugins: () => [freshGlue()] },
  test: { include: ['tests/unit/**/*.test.ts'] },
});
