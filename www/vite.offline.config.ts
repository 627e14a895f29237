/** Builds the one script that carries everything inside; it joins what `vite build` wrote. */

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

import { alone, carried, flatState, freshGlue, onlyMounted, scenarios } from './build/plugins.ts';

export default defineConfig({
  plugins: [carried(), scenarios(), freshGlue(), onlyMounted(), svelte(), flatState(), alone('vpc-playground.offline.js')],
  define: { __STANDALONE__: 'true' },
  publicDir: false,
  build: {
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: false,
    emptyOutDir: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 10_000,
    rolldownOptions: {
      input: 'src/offline.ts',
      // Nothing in it loads from beside the script.
      transform: { define: { 'import.meta': '{}' } },
      output: { format: 'iife', codeSplitting: false, entryFileNames: 'vpc-playground.offline.js' },
    },
  },
  worker: { format: 'iife', plugins: () => [carried(), freshGlue()] },
});
