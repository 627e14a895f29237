/** Icons of the parts that are fetched after the first view. */

const late = {
  check: 'm4.5 10.5 3.6 3.6 7.4-8',
  checks: 'M2.8 10a7.2 7.2 0 1 0 14.4 0a7.2 7.2 0 1 0 -14.4 0zM6.6 10a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0 -6.8 0zM10 10h.01',
  copy: 'M9 7h5.5a2 2 0 0 1 2 2v5.5a2 2 0 0 1 -2 2h-5.5a2 2 0 0 1 -2 -2v-5.5a2 2 0 0 1 2 -2zM13 7V5a1.5 1.5 0 0 0-1.5-1.5H5A1.5 1.5 0 0 0 3.5 5v6.5A1.5 1.5 0 0 0 5 13h2',
  cross: 'm5 5 10 10M15 5 5 15',
  error: 'M2.6 10a7.4 7.4 0 1 0 14.8 0a7.4 7.4 0 1 0 -14.8 0zM10 6.2v4.6M10 13.6h.01',
  first: 'M5 4.5v11M15 4.5 8.5 10l6.5 5.5z',
  folder: 'M2.8 15V5.4a1.2 1.2 0 0 1 1.2-1.2h3.6l1.8 2h6.6a1.2 1.2 0 0 1 1.2 1.2V15a1.2 1.2 0 0 1-1.2 1.2H4A1.2 1.2 0 0 1 2.8 15z',
  next: 'm7.5 5 5 5-5 5',
  pause: 'M7 4.5v11M13 4.5v11',
  play: 'M6.5 4.2v11.6L15.5 10z',
  previous: 'M12.5 5 7.5 10l5 5',
} as const;

export type LateIcon = keyof typeof late;

export const lateIcons: Readonly<Record<LateIcon, string>> = late;
