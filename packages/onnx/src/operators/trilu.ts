import { getInt } from '../attribute.js';
import type { Operator } from '../operator.js';
import { dimsOf, hasInput, typeOf, valueOf, type Application } from '../shapes/application.js';
import { computed, constants, exactNumbers } from '../shapes/fold.js';
import { numbersOf } from '../tensor.js';

/** The upper or lower triangle of matrices, from the k-th diagonal on; 0 elsewhere. */
export const trilu: Operator = {
  name: 'Trilu',
  inputs: [1, 2],
  gradient: ({ node, inputs: [, k], g }, [dy]) => [
    () => g.op('Trilu', k ? [dy!, k] : [dy!], { upper: getInt(node, 'upper', 1) }),
  ],
  infer: application => {
    const [type, dims] = [typeOf(application, 0), dimsOf(application, 0)];
    const [constant] = constants(application.inputs.slice(0, 1)) ?? [];
    const elements = constant && exactNumbers(constant);
    const kept = elements?.map((x, at) => (isKept(application, dims, at) ? x : 0));
    return [{ type, dims, value: kept && computed(type, dims, kept) }];
  },
};

function isKept(application: Application, dims: readonly number[], at: number): boolean {
  const k = hasInput(application, 1) ? numbersOf(valueOf(application, 1))[0] : 0;
  const columns = dims[dims.length - 1];
  const column = at % columns;
  const row = Math.floor(at / columns) % dims[dims.length - 2];
  return getInt(application.node, 'upper', 1) ? column - row >= k : column - row <= k;
}
