import type { Playground } from '../playground.svelte';

/** Keeps in this browser what the person edited or imported; what was only looked at, and lessons, are not kept. */
export function keepOwn(p: Playground): void {
  $effect(() => {
    const { source, text, name } = p;
    if (text === '' || source.kind === 'lesson' || !(p.edited || source.kind === 'import')) return;
    p.shelf.keeping ??= import('./keeping').then(({ Keeping }) => new Keeping((refusal) => (p.shelf.notKept = refusal)));
    void p.shelf.keeping.then((one) => one.note({ source, text, name }));
  });
}
