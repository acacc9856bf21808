import type { DataType } from '../data-type.js';
import { broadcast } from './broadcast.js';
import { foldElementwise } from './fold.js';
import type { Operator } from './operator.js';
import { dimsOf, typeOf } from './operator.js';

/** An operator that maps each element by itself; `fold` computes it for constants. */
export function unary(name: string, fold?: (x: number) => number, domain?: string): Operator {
  return {
    name,
    domain,
    infer: application => {
      const type = typeOf(application, 0);
      const value = fold && foldElementwise(application.inputs.slice(0, 1), type, fold);
      return [{ type, dims: dimsOf(application, 0), value }];
    },
  };
}

/** An operator over broadcast operands; the result has the first operand's type, or `result`. */
export function broadcasting(
  name: string,
  fold?: (...values: number[]) => number,
  result?: DataType,
): Operator {
  return {
    name,
    infer: application => {
      const type = result ?? typeOf(application, 0);
      const dims = broadcast(...application.inputs.map((_, i) => dimsOf(application, i)));
      return [{ type, dims, value: fold && foldElementwise(application.inputs, type, fold) }];
    },
  };
}
