import type { Matrix } from './matrix.js';
import { multiply } from './multiply.js';

/** a·b, wherever it is worked out: in this thread, or faster elsewhere. */
export type MatrixProduct = (a: Matrix, b: Matrix) => Promise<Matrix>;

/** a·b in this thread. */
export const plainProduct: MatrixProduct = (a, b) => Promise.resolve(multiply(a, b));
