import {
  matrix,
  OptionError,
  orthonormalise,
  overlap,
  principalAngles,
  type Matrix,
} from '@nads/linalg';
import type { NadsResult } from '../estimate/nads-codec.js';
import { about } from '../named-error.js';

/** How much the subspaces of two sets of directions overlap. */
export interface SubspaceComparison {
  /** Dimension of the subspaces. */
  readonly top: number;
  /** ‖U Vᵀ‖²_F / top. */
  readonly overlap: number;
  /** In radians. */
  readonly principalAngles: readonly number[];
}

/** A comparison of two sets of directions. */
export interface Comparison {
  readonly subspaces: readonly SubspaceComparison[];
  /** Dimensions for which there are not enough directions. */
  readonly left: readonly number[];
}

/**
 * Overlap of the leading subspaces of two results.
 * @param tops dimensions of the subspaces
 * @throws OptionError where directions are of different sizes, or too few for every dimension
 */
export function compare(a: NadsResult, b: NadsResult, tops: readonly number[]): Comparison {
  const [rowsA, rowsB] = comparable(a, b);
  const possible = tops.filter(k => k <= Math.min(rowsA.rows, rowsB.rows));
  if (possible.length === 0)
    throw new OptionError(
      'top',
      `${a.name} has ${rowsA.rows} directions and ${b.name} ${rowsB.rows}; give smaller numbers`,
    );
  const most = Math.max(...possible);
  const basisA = about(a.name, () => orthonormalise(firstRows(rowsA, most)));
  const basisB = about(b.name, () => orthonormalise(firstRows(rowsB, most)));
  return {
    subspaces: possible.map(top => ({
      top,
      overlap: overlap(basisA, basisB, top),
      principalAngles: [...principalAngles(firstRows(basisA, top), firstRows(basisB, top))],
    })),
    left: tops.filter(k => !possible.includes(k)),
  };
}

const firstRows = (a: Matrix, k: number): Matrix =>
  matrix(k, a.columns, a.data.subarray(0, k * a.columns));

/** Directions of one channel are compared where only one of the two is in colour. */
function comparable(a: NadsResult, b: NadsResult): readonly [Matrix, Matrix] {
  if (a.rows.columns === b.rows.columns) return [a.rows, b.rows];
  if (a.channelRows?.columns === b.rows.columns) return [a.channelRows, b.rows];
  if (b.channelRows?.columns === a.rows.columns) return [a.rows, b.channelRows];
  throw new Error(
    `${a.name} has directions of ${a.rows.columns} pixels, ${b.name} of ${b.rows.columns}; they must be of the same size`,
  );
}
