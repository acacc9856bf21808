import { preserving } from '../families/preserving.js';

/** A cache with the entries at the given places of a sequence replaced by an update. */
export const tensorScatter = preserving('TensorScatter', { inputs: [2, 3] });
