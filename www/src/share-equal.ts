/**
 * Keeps what did not change: an answer comes as new objects with every edit, most of which say the same as before.
 * Gives back `before` where `next` equals it, and otherwise `next` with those of its parts that were there before.
 * Plain data and maps; whatever else is compared by identity.
 */
export function shareEqual<T>(before: unknown, next: T): T {
  if (Object.is(before, next) || typeof before !== 'object' || typeof next !== 'object' || before === null || next === null) return next;
  if (next instanceof Map) {
    return before instanceof Map && before.size === next.size && [...next].every(([key, value]) => before.has(key) && shareEqual(before.get(key), value) === before.get(key))
      ? (before as T)
      : next;
  }
  const kind: unknown = Object.getPrototypeOf(next);
  if ((kind !== Object.prototype && kind !== Array.prototype) || kind !== Object.getPrototypeOf(before)) return next;
  const old = before as Record<string, unknown>;
  const now = next as Record<string, unknown>;
  const keys = Object.keys(now);
  let equal = Object.keys(old).length === keys.length;
  for (const key of keys) {
    now[key] = shareEqual(old[key], now[key]);
    equal &&= key in old && Object.is(now[key], old[key]);
  }
  return (equal ? before : next) as T;
}
