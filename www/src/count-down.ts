/** The wait for a time-out, in less time than it takes. */

/** However long a function waits, a person waits no longer than this, in milliseconds. */
const LONGEST = 6000;

/**
 * Tells the seconds that are left, from all to none. Where motion is not wanted there is nothing to wait for.
 * Gives back what skips the rest.
 */
export function countDown(seconds: number, tell: (left: number) => void): () => void {
  const skip = (): void => {
    cancelAnimationFrame(frame);
    tell(0);
  };
  let frame = 0;
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
    skip();
    return () => {};
  }
  const length = Math.min(seconds * 1000, LONGEST);
  let start: number | undefined;
  const step = (now: number): void => {
    start ??= now;
    const part = Math.min((now - start) / length, 1);
    tell(seconds * (1 - part));
    if (part < 1) frame = requestAnimationFrame(step);
  };
  tell(seconds);
  frame = requestAnimationFrame(step);
  return skip;
}
