import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

import { freshGlue, scenarios } from './build/plugins';

export default defineConfig({
  base: './',
  plugins: [scenarios(), freshGlue(), svelte()],
  define: { __STANDALONE__: 'false' },
  server: { fs: { allow: ['..'] } },
  build: {
    target: 'es2023',
    // Browsers that know light-dark(), so that it is not rewritten into something longer that a theme cannot override.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  worker: { format: 'es', plugins: () => [freshGlue()] },
  test: { include: ['tests/unit/**/*.test.ts'] },
});
