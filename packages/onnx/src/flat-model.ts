import { inlineFunctions } from './inline-functions.js';
import { constantBranches } from './known-branches.js';
import type { Model } from './model.js';

/**
 * The model without functions of its own, and without every If whose condition follows from constants. One that depends on sizes stays: the
 * batch may be freed and images given another size afterwards.
 * @throws as `inlineFunctions`
 */
export const flatModel = (model: Model): Model => constantBranches(inlineFunctions(model));
