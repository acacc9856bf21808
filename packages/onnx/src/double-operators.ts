import { explicitPools } from './explicit-pools.js';
import type { Model } from './model.js';
import { rearranged } from './rearranged.js';
import { upgradeOpset } from './upgrade-opset.js';

/**
 * The same model by operators that runtimes have in double precision, as far as is known how: convolutions and means as matrix
 * products and sums. It stays in the precision that it has; see `inDoublePrecision`.
 * @param model without functions; @param variables initializers that will become inputs.
 */
export const doubleOperators = (model: Model, variables: readonly string[] = []): Model =>
  rearranged(explicitPools(upgradeOpset(model)), variables, 'inDouble');
