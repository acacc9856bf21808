import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import type { Derivation } from './derivation.js';

/** Gradients of one constant, of each example of a batch by itself. */
export type EachGradient =
  /** Their numbers: [N, numbers of the constant], in the same order for all examples. */
  | { readonly rows: Value }
  /** The factors of an outer product a ⊗ b for each example: [N, a] and [N, b]. */
  | { readonly left: Value; readonly right: Value };

/**
 * What each example of a batch adds to the gradient of a constant input, from ∂s/∂y [N, …] of the node's output.
 * Undefined where the rule does not cover the node's settings or shapes.
 */
export type ExampleRule = (
  derivation: Derivation,
  dy: Value,
  input: number,
) => EachGradient | undefined;

/**
 * Rows of the gradient of a constant that was broadcast to a value: summed over all axes along which it was stretched but that of
 * the examples. Undefined where it has more than one entry along that.
 * @param dy [N, …], before any sum.
 */
export function summedForEach(g: Algebra, dy: Value, constant: Value): EachGradient | undefined {
  const [dims, own] = [g.dims(dy), g.dims(constant)];
  const first = dims.length - own.length;
  if (first < 0 || (first === 0 && own[0] !== 1)) return undefined;
  const stretched = dims.flatMap((size, axis) =>
    axis > 0 && (axis < first || (own[axis - first] === 1 && size !== 1)) ? [axis] : [],
  );
  return { rows: asRows(g, g.reduceSum(dy, stretched)) };
}

/** [N, …] as [N, numbers of each example]. */
export const asRows = (g: Algebra, x: Value): Value => {
  const size = g
    .dims(x)
    .slice(1)
    .reduce<number>((product, one) => product * one!, 1);
  return g.reshape(x, [undefined, size]);
};
