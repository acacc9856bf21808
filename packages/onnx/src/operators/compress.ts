import { getInt } from '../attribute.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf, valueOf } from '../shapes/application.js';
import { normaliseAxis } from '../shapes/normalise-axis.js';
import { numbersOf, sizeOf } from '../tensor.js';

/** The slices along an axis (or the elements, flattened) for which a condition holds. */
export const compress: Operator = {
  name: 'Compress',
  inputs: [2, 2],
  /** The places that the condition holds at, gathered; it must be constant. */
  decompose: ({ node, inputs: [x, condition], g }) => {
    const holds = g.constantValue(condition);
    if (!holds) throw new Error('its gradient is not implemented for a condition that is computed');
    const places = numbersOf(holds).flatMap((kept, at) => (kept ? [at] : []));
    const axis = getInt(node, 'axis', undefined);
    const from = axis === undefined ? g.reshape(x, [undefined]) : x;
    return [g.op('Gather', [from, g.integers(places)], { axis: axis ?? 0 })];
  },
  infer: application => {
    const dims = dimsOf(application, 0);
    const chosen = getInt(application.node, 'axis', undefined);
    const axis = chosen === undefined ? 0 : normaliseAxis(chosen, dims.length);
    const from = chosen === undefined ? [sizeOf(dims)] : dims;
    const kept = numbersOf(valueOf(application, 1)).slice(0, from[axis]).filter(Boolean).length;
    return [{ type: typeOf(application, 0), dims: from.with(axis, kept) }];
  },
};
