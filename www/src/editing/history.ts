/** Undo and redo: whole states, one entry for each gesture. */

export interface Entry<State> {
  /** What there was before the gesture, or, once undone, after it. */
  readonly state: State;
  /** What the gesture did, in words. */
  readonly words: string;
}

/** No more than these are kept; the oldest is forgotten first. */
const LIMIT = 200;

export class History<State> {
  readonly past: readonly Entry<State>[];
  readonly future: readonly Entry<State>[];
  /** Which gestures may still join the last entry: typing in the same field. */
  readonly open: string | null;

  constructor(past: readonly Entry<State>[] = [], future: readonly Entry<State>[] = [], open: string | null = null) {
    this.past = past;
    this.future = future;
    this.open = open;
  }

  /** The history after a gesture; one that goes on typing joins the last entry. */
  record(before: State, words: string, key: string | null): History<State> {
    const last = this.past.at(-1);
    if (key !== null && key === this.open && last) return new History([...this.past.slice(0, -1), { ...last, words }], [], key);
    return new History([...this.past, { state: before, words }].slice(-LIMIT), [], key);
  }

  /** What is typed from now on is a gesture of its own. */
  close(): History<State> {
    return this.open === null ? this : new History(this.past, this.future);
  }

  /** The state before the last gesture, and the history from there. */
  undo(now: State): { entry: Entry<State>; history: History<State> } | null {
    const entry = this.past.at(-1);
    if (!entry) return null;
    return { entry, history: new History(this.past.slice(0, -1), [{ state: now, words: entry.words }, ...this.future]) };
  }

  redo(now: State): { entry: Entry<State>; history: History<State> } | null {
    const [entry, ...future] = this.future;
    if (!entry) return null;
    return { entry, history: new History([...this.past, { state: now, words: entry.words }], future) };
  }
}
