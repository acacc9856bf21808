import { preserving } from '../families/preserving.js';
import { flat } from '../formulas/flat.js';
import { coercion } from '../upgrades/coercion.js';

/** 1 at the first maximum along an axis, else 0. */
export const hardmax = preserving('Hardmax', { upgrade: coercion, gradient: flat });
