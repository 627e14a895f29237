// As docs/embedding.md says, with the script at the test's own address.
export default {
  title: 'Handbook',
  base: '/vitepress/',
  cacheDir: '../../../target/generators/vitepress-cache',
  outDir: '../../../target/generators/vitepress',
  head: [['script', { type: 'module', src: '/vpc-playground.js' }]],
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === 'vpc-playground' } } },
};
