import { getFloat, getInt, getString } from '../attribute.js';
import type { Node } from '../graph.js';

/** How an axis is resampled. */
export interface Resampling {
  readonly from: number;
  readonly to: number;
  /** Size of the result over that of the input, as the node says it. */
  readonly scale: number;
}

/**
 * The matrix [to × from] by which Resize multiplies one axis, row-major (ONNX operator specification, Resize).
 * @throws for settings that it does not cover.
 */
export function resamplingMatrix(node: Node, resampling: Resampling): Float64Array {
  const { from, to } = resampling;
  if (getInt(node, 'antialias', 0) === 1)
    throw new Error('its gradient is not implemented with antialias; resize before the model');
  const matrix = new Float64Array(to * from);
  for (let i = 0; i < to; i++)
    for (const [j, weight] of weightsAt(node, place(node, i, resampling), from))
      matrix[i * from + Math.min(from - 1, Math.max(0, j))] += weight;
  return matrix;
}

/** Where on the input axis the i-th element of the result lies. */
function place(node: Node, i: number, { from, to, scale }: Resampling): number {
  const mode = getString(node, 'coordinate_transformation_mode', 'half_pixel');
  switch (mode) {
    case 'half_pixel':
      return (i + 0.5) / scale - 0.5;
    case 'half_pixel_symmetric':
      return (from / 2) * (1 - to / (scale * from)) + (i + 0.5) / scale - 0.5;
    case 'pytorch_half_pixel':
      return to > 1 ? (i + 0.5) / scale - 0.5 : 0;
    case 'align_corners':
      return to > 1 ? (i * (from - 1)) / (to - 1) : 0;
    case 'asymmetric':
      return i / scale;
    default:
      throw new Error(
        `its gradient is not implemented for coordinate_transformation_mode '${mode}'`,
      );
  }
}

type Weights = readonly (readonly [index: number, weight: number])[];

/** Elements that a place between them is made of; those outside stand for the one at the border. */
function weightsAt(node: Node, at: number, size: number): Weights {
  const mode = getString(node, 'mode', 'nearest');
  if (mode === 'nearest') return [[nearest(node, at), 1]];
  if (mode === 'linear') {
    const inside = Math.min(size - 1, Math.max(0, at));
    const low = Math.floor(inside);
    return [
      [low, 1 - (inside - low)],
      [low + 1, inside - low],
    ];
  }
  if (mode === 'cubic') return cubicWeights(node, at, size);
  throw new Error(`its gradient is not implemented for mode '${mode}'`);
}

function nearest(node: Node, at: number): number {
  switch (getString(node, 'nearest_mode', 'round_prefer_floor')) {
    case 'floor':
      return Math.floor(at);
    case 'ceil':
      return Math.ceil(at);
    case 'round_prefer_ceil':
      return Math.floor(at + 0.5);
    default:
      return Math.ceil(at - 0.5);
  }
}

/** Keys's cubic convolution over four neighbours. */
function cubicWeights(node: Node, at: number, size: number): Weights {
  const a = getFloat(node, 'cubic_coeff_a', -0.75);
  const low = Math.floor(at);
  const weights = [-1, 0, 1, 2].map(shift => {
    const d = Math.abs(at - low - shift);
    const near = (a + 2) * d ** 3 - (a + 3) * d ** 2 + 1;
    return [low + shift, d <= 1 ? near : a * d ** 3 - 5 * a * d ** 2 + 8 * a * d - 4 * a] as const;
  });
  if (getInt(node, 'exclude_outside', 0) === 0) return weights;
  const inside = weights.filter(([index]) => index >= 0 && index < size);
  const total = inside.reduce((sum, [, weight]) => sum + weight, 0);
  return inside.map(([index, weight]) => [index, weight / total]);
}
