/** Icons that only these parts need; drawn like those of `parts/icons.ts`. */

export { bin, up } from '../editing/icons';

export const download = 'M10 3.2v9M6.6 9 10 12.4 13.4 9M4 16.4h12';
export const hint = 'M7.4 14.2c0-1.5-2.4-2.6-2.4-5.6a5 5 0 0 1 10 0c0 3-2.4 4.1-2.4 5.6zM8 17.2h4';
export const search = 'M3.4 8.8a5.4 5.4 0 1 0 10.8 0a5.4 5.4 0 1 0 -10.8 0zM12.8 12.8l4 4';
