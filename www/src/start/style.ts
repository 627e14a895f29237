import { adopting } from '../parts/adopting';
import { adoptDialogs } from '../parts/dialogs';
import style from './start.css?inline';

const adoptOwn = adopting(style);

/** Brings the style of these parts, which goes on from that of dialogs. */
export function adoptStyle(node: Node): void {
  adoptDialogs(node);
  adoptOwn(node);
}
