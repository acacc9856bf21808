import { inlineFunctions } from './inline-functions.js';
import { knownBranches } from './known-branches.js';
import type { Model } from './model.js';

/**
 * The model without functions of its own, and without every If whose condition follows from shapes and constants.
 * @throws as `inlineFunctions`
 */
export const flatModel = (model: Model): Model => knownBranches(inlineFunctions(model));
