import { flat } from './elementwise.js';
import { coercion } from './coercion.js';
import { preserving } from './preserving.js';

/** 1 at the first maximum along an axis, else 0. */
export const hardmax = preserving('Hardmax', { upgrade: coercion, gradient: flat });
