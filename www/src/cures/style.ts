import { adopting } from '../parts/adopting';
import style from './cures.css?inline';

export const adoptCures = adopting(style);
