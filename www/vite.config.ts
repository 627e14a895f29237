import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vitest/config';
import { parse } from 'yaml';

/** Scenarios are written in YAML, once for tests and page; the page gets them as JSON text, which the engine reads alone. */
function scenarios(): Plugin {
  return {
    name: 'scenarios',
    transform(code, id) {
      if (!id.endsWith('.yaml')) return null;
      const text = JSON.stringify(parse(code), null, 2);
      return { code: `export default ${JSON.stringify(text)};`, map: null };
    },
  };
}

export default defineConfig({
  base: './',
  plugins: [scenarios(), svelte()],
  server: { fs: { allow: ['..'] } },
  build: {
    target: 'es2023',
    // Browsers that know light-dark(), so that it is not rewritten into something longer that a theme cannot override.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  worker: { format: 'es' },
  test: { include: ['tests/unit/**/*.test.ts'] },
});
