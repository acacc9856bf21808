import { reduced as reducedAway } from '../coupling/reduced.js';
import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/known-values.js';
import { getInt } from '../attribute.js';
import type { Reduced } from '../formulas/reduced.js';
import type { Facets, Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';
import { computed, constants, exactNumbers } from '../shapes/fold.js';
import { gridOffsets, indices } from '../shapes/offsets.js';
import { reducedAxes, reducedDims } from '../shapes/reduced-axes.js';
import { reduced } from '../symmetry/reduced.js';
import { sizeOf, type Tensor } from '../tensor.js';

interface Options extends Facets {
  /** Computes it for constants. */
  readonly fold?: (values: readonly number[]) => number;
  /** The gradient of x, or what broadcasts to it. */
  readonly share: (g: Algebra, reduced: Reduced) => Value;
  /** Whether the result is linear in what is reduced. */
  readonly isLinear?: boolean;
}

/** An operator that reduces some axes to one element each. */
export const reduction = (
  name: string,
  { fold, share, isLinear = false, ...rest }: Options,
): Operator => ({
  name,
  inputs: [1, 2],
  symmetry: reduced({ isLinear }),
  coupling: reducedAway({ isSum: false }),
  gradient: ({ node, inputs: [x], outputs: [y], g }, [dy]) => [
    () => {
      const axes = reducedAxes(g.application(node), g.dims(x).length);
      const dims = g.dims(x).map((size, axis) => (axes.includes(axis) ? 1 : size));
      const kept = getInt(node, 'keepdims', 1) === 1;
      const [wide, gradient] = [y, dy!].map(value => (kept ? value : g.reshape(value, dims)));
      return g.expandLike(share(g, { x, y: wide, dy: gradient, axes }), x);
    },
  ],
  infer: application => {
    const dims = dimsOf(application, 0);
    const axes = reducedAxes(application, dims.length);
    const left = reducedDims(dims, axes, getInt(application.node, 'keepdims', 1) === 1);
    const [constant] = constants(application.inputs.slice(0, 1)) ?? [];
    const value = fold && constant && foldReduction(constant, axes, left, fold);
    return [{ type: typeOf(application, 0), dims: left, value }];
  },
  ...rest,
});

function foldReduction(
  value: Tensor,
  axes: readonly number[],
  dims: readonly number[],
  fold: (values: readonly number[]) => number,
): Tensor | undefined {
  const numbers = exactNumbers(value);
  if (!numbers?.every(isExact) || sizeOf(value.dims) === 0) return undefined;
  const lists = (inside: boolean) =>
    value.dims.map((size, axis) => (axes.includes(axis) === inside ? indices(size) : [0]));
  const within = gridOffsets(value.dims, lists(true));
  const starts = gridOffsets(value.dims, lists(false));
  const reduced = starts.map(start => fold(within.map(at => numbers[start + at])));
  return reduced.every(isExact) ? computed(value.type, dims, reduced) : undefined;
}

/** Fractions are rounded by the order in which a runtime adds; whole numbers in float32 up to 2²⁴ are not. */
const isExact = (x: number): boolean => Number.isInteger(x) && Math.abs(x) <= 2 ** 24;
