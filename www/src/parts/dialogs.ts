import style from '../dialogs.css?inline';
import { adopting } from './adopting';

/** Brings the style of dialogs, of the text and of what finds in a large document. */
export const adoptDialogs = adopting(style);
