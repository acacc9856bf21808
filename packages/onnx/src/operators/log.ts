import { unary } from '../families/elementwise.js';

/** ln x. */
export const log = unary('Log', undefined, { derivative: ({ g, x }) => g.div(1, x) });
