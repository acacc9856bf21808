import type { Facets, Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';
import { keptAxes } from '../shapes/axes.js';

/** An operator whose only output has the type and dims of its first input, axis by axis. */
export function preserving(name: string, rest: Facets = {}): Operator {
  return {
    name,
    inputs: [1, 1],
    axes: keptAxes,
    infer: application => [{ type: typeOf(application, 0), dims: dimsOf(application, 0) }],
    ...rest,
  };
}
