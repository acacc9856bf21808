import type { Algebra } from '../algebra/algebra.js';
import { isStatic, type Value } from '../algebra/known-values.js';
import { getInt } from '../attribute.js';
import type { Node } from '../graph.js';
import { windowOf, windowPositions, type Window } from '../shapes/window.js';
import { sizeOf, tensorOf } from '../tensor.js';

/**
 * F(2, 3), two positions of three taps g over four places d in four products: Aᵀ[(G g) ⊙ (Bᵀ d)]. Rows of Bᵀ, G and A. Larger
 * tiles would take fewer products, but enlarge rounding errors.
 */
const ofPlaces = [
  [1, 0, -1, 0],
  [0, 1, 1, 0],
  [0, -1, 1, 0],
  [0, 1, 0, -1],
];
const ofTaps = [
  [1, 0, 0],
  [0.5, 0.5, 0.5],
  [0.5, -0.5, 0.5],
  [0, 0, 1],
];
const ofPositions = [
  [1, 0],
  [1, 1],
  [1, -1],
  [0, -1],
];

/** Products for each tile, channel and filter. */
const products = ofPlaces.length ** 2;

const types = ['float32', 'float64'];

/**
 * A convolution with a 3×3 kernel, stride 1, no dilation and one group by F(2×2, 3×3): 16 products for each tile of 2×2 positions,
 * channel and filter instead of 36. Undefined for others. X [places, N · C] becomes Bᵀ X [16 · tiles, N · C]; each of its 16 parts
 * [tiles · N, C] times the weights' [C, M] gives [16 · tiles, N · M], and Aᵀ times these the positions. The batch stands behind
 * space so that only whole rows move. In single precision it differs from the exact convolution by less than 2e-6 of the largest
 * output. (Lavin & Gray 2016, Fast algorithms for convolutional neural networks, §4.1)
 */
export function winogradConvolution(g: Algebra, one: Node): Value | undefined {
  const [x, weights, bias] = one.inputs;
  const [sizes, kernel] = [x, weights].map(value => g.dims(value).slice(2));
  if (!isStatic(sizes) || !isStatic(kernel) || !types.includes(g.type(x))) return undefined;
  const window = windowOf(one, kernel, sizes);
  if (String(kernel) !== '3,3' || !isDense(window) || getInt(one, 'group', 1) !== 1)
    return undefined;
  const positions = windowPositions(window, sizes);
  const tiles = positions.map(count => Math.ceil(count / 2));
  const parts = placeParts(g, x, tileRows(ofPlaces, tiles, sizes, window.begin));
  const responses = weightParts(g, weights).map((part, i) =>
    g.reshape(g.op('Gemm', [parts[i], part], { transB: 1 }), [sizeOf(tiles), undefined]),
  );
  const toPositions = matrix(g, x, transposed(tileRows(ofPositions, tiles, positions)));
  const maps = g.matMul(toPositions, g.concat(responses, 0));
  return imagesOf(g, maps, [undefined, g.size(weights, 0), ...positions], bias);
}

const isDense = ({ strides, dilations }: Window): boolean =>
  [...strides, ...dilations].every(step => step === 1);

/** The sixteen parts [tiles · N, C] of Bᵀ X. */
function placeParts(g: Algebra, x: Value, rows: readonly number[][]): readonly Value[] {
  const places = g.transpose(g.reshape(x, [undefined, rows[0].length]), [1, 0]);
  const all = g.reshape(g.matMul(matrix(g, x, rows), places), [products, undefined]);
  return inParts(g, all, 1).map(part => g.reshape(part, [undefined, g.size(x, 1)]));
}

/** The sixteen parts [M, C] of G W; the runtime computes them once, since weights are constants. */
function weightParts(g: Algebra, weights: Value): readonly Value[] {
  const [filters, channels] = [g.size(weights, 0), g.size(weights, 1)];
  const taps = g.reshape(weights, [filters * channels, ofTaps[0].length ** 2]);
  const rows = ofTaps.flatMap(a => ofTaps.map(b => outer(a, b)));
  const all = g.op('Gemm', [matrix(g, weights, rows), taps], { transB: 1 });
  return inParts(g, g.reshape(all, [products * filters, channels]), filters);
}

const inParts = (g: Algebra, all: Value, rows: number): readonly Value[] =>
  g.ops('Split', [all, g.integers(Array<number>(products).fill(rows))], products, { axis: 0 });

/** [positions, N · M] with the bias [M] as [N, M, positions…]. */
function imagesOf(
  g: Algebra,
  maps: Value,
  dims: readonly (number | undefined)[],
  bias: Value | undefined,
): Value {
  const [, filters, ...positions] = dims;
  const count = sizeOf(positions as number[]);
  const perFilter = g.reshape(maps, [count, undefined, filters]);
  const shifted = bias ? g.add(perFilter, bias) : perFilter;
  return g.reshape(g.transpose(g.reshape(shifted, [count, undefined]), [1, 0]), dims);
}

/**
 * For each of sixteen products and each tile the numbers of the places of a map: the pattern of the product at the place of the
 * tile, cut off at the border. @param begin places of the first tile before the map.
 */
function tileRows(
  patterns: readonly number[][],
  [tilesDown, tilesAcross]: readonly number[],
  [height, width]: readonly number[],
  [top, left]: readonly number[] = [0, 0],
): number[][] {
  const down = patterns.map(pattern => placed(pattern, tilesDown, height, top));
  const across = patterns.map(pattern => placed(pattern, tilesAcross, width, left));
  return down.flatMap(a =>
    across.flatMap(b => a.flatMap(vertical => b.map(horizontal => outer(vertical, horizontal)))),
  );
}

/** For each tile a line of places with the pattern where the tile is. */
const placed = (
  pattern: readonly number[],
  tiles: number,
  size: number,
  begin: number,
): number[][] =>
  Array.from({ length: tiles }, (_, tile) =>
    Array.from({ length: size }, (_place, at) => pattern[at + begin - 2 * tile] ?? 0),
  );

const outer = (a: readonly number[], b: readonly number[]): number[] =>
  a.flatMap(x => b.map(y => x * y));

const transposed = (rows: readonly number[][]): number[][] =>
  rows[0].map((_, column) => rows.map(row => row[column]));

/** A constant matrix of the type of a value. */
const matrix = (g: Algebra, like: Value, rows: readonly number[][]): Value =>
  g.constant(tensorOf(g.type(like), [rows.length, rows[0].length], rows.flat()));
