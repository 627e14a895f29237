/** What mends all failing checks of the document at once, which takes a search of its own. */

import type { Playground } from '../playground.svelte';
import type { Cures } from './cures.svelte';
import { Repairer } from './repairer';

export function mendTogether(p: Playground, cures: Cures): void {
  const { shown } = p;
  if (!shown) return;
  const repairer = new Repairer();
  repairer.ask(shown.text, { lang: p.language, gigabytesPerMonth: cures.gigabytes }, (found) => {
    repairer.stop();
    if (shown === p.shown) cures.together = found?.together ?? [];
  });
}
