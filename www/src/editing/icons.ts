/** Icons that only editing needs; drawn like those of `parts/icons.ts`. */
export const bin = 'M4 5.6h12M8 5.4V3.8a.8.8 0 0 1 .8-.8h2.4a.8.8 0 0 1 .8.8v1.6M5.4 5.8l.7 9.6a1.6 1.6 0 0 0 1.6 1.5h4.6a1.6 1.6 0 0 0 1.6-1.5l.7-9.6M8.4 8.8v4.8M11.6 8.8v4.8';
export const move = 'M10 2.6v14.8M2.6 10h14.8M7.8 4.8 10 2.6l2.2 2.2M7.8 15.2l2.2 2.2 2.2-2.2M4.8 7.8 2.6 10l2.2 2.2M15.2 7.8l2.2 2.2-2.2 2.2';
export const up = 'm5.5 12.5 4.5-4.5 4.5 4.5';
