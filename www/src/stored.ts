/**
 * Language and theme of the last visit, and which lessons are done. The person's own documents are kept apart, in
 * start/kept.ts. Nothing else is kept, and a browser that keeps nothing is fine.
 */

const PREFIX = 'vpcreach.';

type Name = 'language' | 'theme' | 'lessons';

export const stored = {
  get(name: Name): string | null {
    try {
      return localStorage.getItem(PREFIX + name);
    } catch {
      return null;
    }
  },
  set(name: Name, value: string): void {
    try {
      localStorage.setItem(PREFIX + name, value);
    } catch {
      // Storage may be full or forbidden; the choice then lasts as long as the page.
    }
  },
};
