import { unary } from '../families/unary.js';

/** ln x. */
export const log = unary('Log', Math.log, { derivative: ({ g, x }) => g.div(1, x) });
