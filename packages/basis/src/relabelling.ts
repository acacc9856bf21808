import type { GridOrder } from './lowest-first.js';

/** A map of basis vectors onto each other: e_j → sign[j] · e_index[j]. */
export interface SignedPermutation {
  readonly index: Uint32Array;
  readonly sign: Int8Array;
}

/** How the generators of the symmetries of a square act on a basis. */
export interface Relabellings {
  readonly flipRows: SignedPermutation | undefined;
  readonly flipColumns: SignedPermutation | undefined;
  /** Undefined for what is not square. */
  readonly transposition: SignedPermutation | undefined;
}

/** The identity on n basis vectors. */
export const identityPermutation = (n: number): SignedPermutation => ({
  index: Uint32Array.from({ length: n }, (_, j) => j),
  sign: new Int8Array(n).fill(1),
});

/** First b, then a. */
export function compose(a: SignedPermutation, b: SignedPermutation): SignedPermutation {
  return {
    index: b.index.map(j => a.index[j]),
    sign: b.sign.map((s, j) => s * a.sign[b.index[j]]),
  };
}

/** How relabellings act on the cells of a grid. */
export function pixelRelabelling(height: number, width: number): Relabellings {
  const cells = (target: (y: number, x: number) => number): SignedPermutation => ({
    index: Uint32Array.from({ length: height * width }, (_, j) =>
      target(Math.floor(j / width), j % width),
    ),
    sign: new Int8Array(height * width).fill(1),
  });
  return {
    flipRows: cells((y, x) => (height - 1 - y) * width + x),
    flipColumns: cells((y, x) => y * width + (width - 1 - x)),
    transposition: height === width ? cells((y, x) => x * width + y) : undefined,
  };
}

/**
 * How relabellings act on products of waves that are even (+1) or odd (−1) under reversal.
 * @param square whether waves down the rows are the same as along the columns.
 */
export function waveRelabelling(
  { size: [rows, columns], placeOf, indexOf }: GridOrder,
  down: readonly number[],
  along: readonly number[],
  square: boolean,
): Relabellings {
  const { index, sign } = identityPermutation(rows * columns);
  const signs = (of: (x: number, y: number) => number): Int8Array =>
    Int8Array.from(index, j => of(...placeOf(j)));
  const transposed = (): SignedPermutation => ({
    index: Uint32Array.from(index, j => indexOf(placeOf(j)[1], placeOf(j)[0])),
    sign,
  });
  return {
    flipRows: { index, sign: signs(x => down[x]) },
    flipColumns: { index, sign: signs((_, y) => along[y]) },
    transposition: square ? transposed() : undefined,
  };
}
