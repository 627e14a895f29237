/** Language and theme of the last visit. Nothing else is kept, and a browser that keeps nothing is fine. */

const PREFIX = 'vpcreach.';

export const stored = {
  get(name: 'language' | 'theme'): string | null {
    try {
      return localStorage.getItem(PREFIX + name);
    } catch {
      return null;
    }
  },
  set(name: 'language' | 'theme', value: string): void {
    try {
      localStorage.setItem(PREFIX + name, value);
    } catch {
      // Storage may be full or forbidden; the choice then lasts as long as the page.
    }
  },
};
