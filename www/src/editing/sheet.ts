import { adopting } from '../parts/adopting';
import style from './editing.css?inline';

/** Brings the style of forms, menus and the line that says what changed. */
export const adopt = adopting(style);
