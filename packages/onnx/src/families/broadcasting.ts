import { pointwise as coupled } from '../coupling/pointwise.js';
import { getInt } from '../attribute.js';
import type { DataType } from '../data-type.js';
import { summed } from '../formulas/summed.js';
import { samePlaces } from '../layers/reach-rule.js';
import type { Facets, Operator } from '../operator.js';
import { dimsOf, typeOf, type Application } from '../shapes/application.js';
import { keptAxes } from '../shapes/axes.js';
import { broadcast } from '../shapes/broadcast.js';
import { foldElementwise } from '../shapes/fold.js';
import { oddWherever } from '../symmetry/odd.js';
import { pointwise } from '../symmetry/pointwise.js';
import { stretching } from '../upgrades/stretching.js';

interface Options extends Facets {
  /** Whether constants are computed by the function, since every runtime gets the same. */
  readonly exact?: boolean;
  /** Element type of the result; the first operand's unless said otherwise. */
  readonly result?: DataType;
}

/**
 * An operator over broadcast operands, one element of each by itself. It commutes with every relabelling of
 * elements; whether it is odd, too, in which of its operands, is seen from its function. `gradient` gives
 * gradients before they are summed to the operands' dims.
 * @param f the function, where JavaScript has it.
 */
export function broadcasting(
  name: string,
  f?: (...values: number[]) => number,
  { exact, result, gradient, ...rest }: Options = {},
): Operator {
  return {
    name,
    inputs: [2, 2],
    symmetry: pointwise(f && result !== 'bool' ? oddWherever(values => f(...values)) : undefined),
    coupling: coupled,
    axes: keptAxes,
    reach: samePlaces,
    gradient: gradient && summed(gradient),
    upgrade: stretching,
    infer: application => {
      const type = result ?? typeOf(application, 0);
      const dims = broadcastDims(application);
      const { inputs, opset } = application;
      const value = opset >= 7 && exact ? f && foldElementwise(inputs, type, f) : undefined;
      return [{ type, dims, value }];
    },
    ...rest,
  };
}

/** Before opset 7 the second operand was stretched to the first, from an axis on, and only if asked. */
function broadcastDims(application: Application): readonly number[] {
  const { node, inputs, opset } = application;
  if (opset < 7 && getInt(node, 'broadcast', 0)) return dimsOf(application, 0);
  return broadcast(inputs.map((_, i) => dimsOf(application, i)));
}
