/** What lies beside the document: where to start from, the running lesson, the pinned state. Its parts are fetched when opened. */

import type { LessonRun } from './lesson-run.svelte';
import type { Playground, Source } from '../playground.svelte';
import type { Pinned } from './compare';
import type { Keeping } from './keeping';

export type StartTab = 'situations' | 'lessons' | 'documents';

export class Shelf {
  /** The part of the dialog that is open. */
  open = $state<StartTab | null>(null);
  /** The lesson that was opened last; it is played as long as its document is the one on the page. */
  lesson = $state.raw<LessonRun | null>(null);
  pinned = $state.raw<Pinned | null>(null);
  /** What keeps the person's documents, once there is something to keep. */
  keeping: Promise<Keeping> | undefined;
  /** Why the document on the page is not kept in this browser, if it should be and is not. */
  notKept = $state<'tooLarge' | 'noRoom' | 'unavailable' | null>(null);

  /** Pins the state on the page, or shows what differs from the pinned one. */
  pin(p: Playground): void {
    if (!p.shown) return;
    this.pinned ??= { text: p.shown.text, name: p.name };
    p.tab = 'compare';
    p.sheetOpen = true;
  }

  /** The lesson whose document has this source. */
  playing(source: Source): LessonRun | null {
    return source.kind === 'lesson' && this.lesson?.lesson.name === source.name ? this.lesson : null;
  }
}
