/** The element's attributes, and what they may say. */

export const modes = ['view', 'try', 'full'] as const;
/** `view` shows diagram and verdict, `try` can be edited, `full` is the whole playground. */
export type Mode = (typeof modes)[number];

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const isMode = (text: string): text is Mode => modes.some((mode) => mode === text);
export const isTheme = (text: string): text is Theme => themes.some((theme) => theme === text);
