/** A lesson while it is played. */

import { untrack } from 'svelte';

import type { Playground } from '../playground.svelte';
import type { Question } from '../question';
import type { Check, Verdict } from '../types';
import { change } from './change';
import { expected } from './expected';
import { lessons, noteDone, progress, type Done, type Lesson } from './lessons';

export interface Goal {
  readonly question: Question;
  readonly expected: Verdict;
  /** Null until there is an answer. */
  readonly check: Check | null;
}

export class LessonRun {
  readonly lesson: Lesson;
  readonly index: number;
  /** As many hints as the person asked for. */
  hints = $state(0);
  /** As many steps of the solution as were shown; 0: none. */
  steps = $state(0);
  /** What the shown steps changed, in AWS's terms. */
  changes = $state.raw<readonly string[]>([]);
  /** Once solved, a lesson stays solved until it is started over. */
  solved = $state(false);
  done = $state.raw(progress());
  busy = $state(false);
  readonly #p: Playground;
  readonly #stop: () => void;
  readonly #expect: string;

  constructor(p: Playground, index: number, lesson: Lesson) {
    this.#p = p;
    this.index = index;
    this.lesson = lesson;
    this.#stop = $effect.root(() => {
      $effect(() => {
        if (p.shelf.playing(p.source) === this && this.reached) untrack(() => this.#finish());
      });
    });
    this.#expect = JSON.stringify((JSON.parse(lesson.text) as { expect: unknown }).expect);
  }

  static open(p: Playground, index: number): void {
    const lesson = lessons[index];
    if (!lesson) return;
    if (p.shelf.lesson) p.shelf.lesson.#stop();
    const run = new LessonRun(p, index, lesson);
    p.open(lesson.text, { kind: 'lesson', name: lesson.name, title: lesson.title });
    p.shelf.lesson = run;
    p.tab = 'lesson';
    p.sheetOpen = true;
  }

  get total(): number {
    return lessons.length;
  }

  /** The goal is the lesson's own, whatever the person makes of the list of checks. */
  readonly goals: readonly Goal[] = $derived.by(() => {
    const shown = this.#p.shown;
    const checks = shown && !this.#p.stale ? this.#checks(shown.text, shown.expected) : [];
    return expected(this.lesson.text).map((goal, index) => ({ ...goal, check: checks[index] ?? null }));
  });

  readonly met: number = $derived(this.goals.filter(({ check }) => check?.asExpected === true).length);
  readonly reached: boolean = $derived(this.goals.length > 0 && this.met === this.goals.length);

  #checks(text: string, shown: readonly Check[]): readonly Check[] {
    const document = JSON.parse(text) as { expect?: unknown };
    if (JSON.stringify(document.expect) === this.#expect) return shown;
    return this.#p.answersTo(JSON.stringify({ ...document, expect: JSON.parse(this.#expect) as unknown }))?.answer.checks ?? [];
  }

  /** Notes that the goal is reached, and shows what there was to learn. */
  #finish(): void {
    if (this.solved) return;
    this.solved = true;
    this.#p.tab = 'lesson';
    const how: Done = this.steps > 0 ? 'shown' : 'solved';
    noteDone(this.lesson.name, how);
    this.done = progress();
  }

  startOver(): void {
    this.#back();
    this.hints = 0;
  }

  #back(): void {
    this.steps = 0;
    this.changes = [];
    this.solved = false;
    if (this.#p.edited) this.#p.reset();
  }

  /** Makes the next step of the solution; the first begins at the lesson's start. */
  async showStep(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      if (this.steps === 0) this.#back();
      const step = this.lesson.solution.steps[this.steps];
      if (!step) return;
      const changes = await change(this.#p, { steps: [step] });
      if (!changes) return;
      this.steps += 1;
      this.changes = [...this.changes, ...changes];
    } finally {
      this.busy = false;
    }
  }

  next(): void {
    LessonRun.open(this.#p, this.index + 1);
  }

  leave(): void {
    this.#stop();
    this.#p.shelf.lesson = null;
    this.#p.tab = 'answer';
  }
}
