import { unary } from '../families/elementwise.js';

/** √x. */
export const sqrt = unary('Sqrt', Math.sqrt, { derivative: ({ g, y }) => g.div(0.5, y) });
