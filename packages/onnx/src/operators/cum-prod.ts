import { preserving } from './preserving.js';

/** Running products along an axis. */
export const cumProd = preserving('CumProd');
