import { matrix, multiplyTransposed, principalAngles, type Matrix } from '@nads/linalg';

/** How much of a leading subspace lies in another. */
export interface SubspaceShare {
  /** Dimension k of the first subspace. */
  readonly top: number;
  /** Dimension of the second: k, rounded up to a whole number of tied directions. */
  readonly dimension: number;
  /** ‖U Vᵀ‖²_F / k. */
  readonly overlap: number;
  /** What unrelated subspaces of one space have on average: dimension / span. */
  readonly chance: number;
}

/**
 * The share of the span of u's first k rows in the span of v's first rows, for every k from 1 on as far as
 * both have rows.
 * @param u [p × D], @param v [q × D], both with orthonormal rows.
 * @param tied rows of v that come together, such as one direction in each channel: never split.
 * @param span dimension of the space that v was sought in, fewer than D where v is of some directions only.
 */
export function subspaceShares(u: Matrix, v: Matrix, tied = 1, span = u.columns): SubspaceShare[] {
  const squares = multiplyTransposed(u, v);
  const dimensionOf = (top: number): number => tied * Math.ceil(top / tied);
  const shares: SubspaceShare[] = [];
  let total = 0;
  for (let top = 1; top <= u.rows && dimensionOf(top) <= v.rows; top++) {
    const [before, dimension] = [dimensionOf(top - 1), dimensionOf(top)];
    total += squaresIn(squares, [top - 1, top], [0, dimension]);
    if (dimension > before) total += squaresIn(squares, [0, top - 1], [before, dimension]);
    shares.push({ top, dimension, overlap: total / top, chance: dimension / span });
  }
  return shares;
}

/** Principal angles between u's first k rows and the rows of v that `subspaceShares` takes, in radians, ascending. */
export const subspaceAngles = (
  u: Matrix,
  v: Matrix,
  { top, dimension }: SubspaceShare,
): Float64Array => principalAngles(firstRows(u, top), firstRows(v, dimension));

const firstRows = (a: Matrix, k: number): Matrix =>
  matrix(k, a.columns, a.data.subarray(0, k * a.columns));

type Range = readonly [from: number, to: number];

function squaresIn({ columns, data }: Matrix, rows: Range, within: Range): number {
  let sum = 0;
  for (let i = rows[0]; i < rows[1]; i++)
    for (let j = within[0]; j < within[1]; j++) sum += data[i * columns + j] ** 2;
  return sum;
}
