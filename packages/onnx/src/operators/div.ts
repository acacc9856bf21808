import { broadcasting } from './elementwise.js';

/** a / b, broadcast; whole numbers are cut towards zero. */
export const div = broadcasting('Div', (a, b) => a / b);
