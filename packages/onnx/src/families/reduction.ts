import { getInt } from '../attribute.js';
import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import { sizeOf, type Tensor } from '../tensor.js';
import { computed, constants, exactNumbers } from '../shapes/fold.js';
import { gridOffsets, indices } from '../shapes/offsets.js';
import { dimsOf, typeOf, type Application } from '../shapes/application.js';
import { normaliseAxis } from '../shapes/normalise-axis.js';
import type { Operator } from '../operator.js';
import type { Upgrade } from '../upgrades/upgrade.js';
import { integersOf } from '../shapes/integers-of.js';

/** A reduction of x to y and the gradient of y; both with the reduced axes at size 1. */
export interface Reduced {
  readonly x: Value;
  readonly y: Value;
  readonly dy: Value;
  readonly axes: readonly number[];
}

interface Rules {
  /** Computes it for constants. */
  readonly fold?: (values: readonly number[]) => number;
  /** The gradient of x, or what broadcasts to it. */
  readonly share: (g: Algebra, reduced: Reduced) => Value;
  readonly upgrade?: Upgrade;
}

/** An operator that reduces some axes to one element each. */
export const reduction = (name: string, { fold, share, upgrade }: Rules): Operator => ({
  name,
  upgrade,
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
    const reduced = reducedDims(dims, axes, getInt(application.node, 'keepdims', 1) === 1);
    const [constant] = constants(application.inputs.slice(0, 1)) ?? [];
    const value = fold && constant && foldReduction(constant, axes, reduced, fold);
    return [{ type: typeOf(application, 0), dims: reduced, value }];
  },
});

/** The gradient of an extreme: all elements that are equal to it share it, as in PyTorch. */
export function extremeShare(g: Algebra, { x, y, dy, axes }: Reduced): Value {
  const isExtreme = g.castLike(g.equal(x, y), x);
  return g.mul(isExtreme, g.div(dy, g.reduceSum(isExtreme, axes)));
}

/** An operator that gives the place of an element along an axis. */
export const locating = (name: string): Operator => ({
  name,
  infer: application => {
    const dims = dimsOf(application, 0);
    const axis = normaliseAxis(getInt(application.node, 'axis', 0), dims.length);
    const keep = getInt(application.node, 'keepdims', 1) === 1;
    return [{ type: 'int64', dims: reducedDims(dims, [axis], keep) }];
  },
});

/** Axes that a reduction takes away: all of them, unless it names some or says that none means none. */
export function reducedAxes(application: Application, rank: number): number[] {
  const named = integersOf(application, 'axes', 1) ?? [];
  if (named.length > 0) return named.map(axis => normaliseAxis(axis, rank));
  return getInt(application.node, 'noop_with_empty_axes', 0) === 1 ? [] : indices(rank);
}

function reducedDims(dims: readonly number[], axes: readonly number[], keep: boolean): number[] {
  if (keep) return dims.map((size, axis) => (axes.includes(axis) ? 1 : size));
  return dims.filter((_, axis) => !axes.includes(axis));
}

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
