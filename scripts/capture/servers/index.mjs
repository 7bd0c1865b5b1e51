import { exim } from './exim.mjs';
import { postfix } from './postfix.mjs';

/** In the order in which they are captured. */
export const SERVERS = [postfix, exim];
