import { matrix, type Matrix } from '@nads/linalg';
import type { Measured } from './disattenuated.js';
import { ceilingOf, leastCeiling } from './disattenuated.js';
import type { Gathered } from './gathered.js';
import { overlapBetween, overlapWithin, type PairOverlap, type Twins } from './overlap-between.js';

/** Overlaps of members with each other, and how far their errors can be believed. */
export interface OverlapTable {
  /** Dimension k of the subspaces. */
  readonly top: number;
  /** [N × N], on the diagonal that of the two estimates of one. */
  readonly overlap: Matrix;
  /** Standard errors. */
  readonly error: Matrix;
  /** Errors that are predicted from the noise of eigenvalues, times this, are as large as what estimates differ by. */
  readonly factor: number;
  /** Pairs that the factor is from: those whose ceiling is high enough. */
  readonly pairs: number;
}

/**
 * Overlaps of all pairs. Errors have the form that the noise of eigenvalues predicts and the size that differences between independent estimates
 * show: predictions times the ratio of root mean squares over all pairs that are determined, where that is above 1.
 */
export function overlapTable(found: readonly Gathered[], top: number): OverlapTable {
  const twins = found.map(one => twinsOf(one, top));
  const within = twins.map(overlapWithin);
  const pairs = twins.flatMap((a, i) =>
    twins.slice(0, i).map((b, j) => ({ i, j, ...overlapBetween(a, b) })),
  );
  const isDetermined = ({ i, j }: { readonly i: number; readonly j: number }): boolean =>
    ceilingOf({
      within: [asMeasured(within[i]), asMeasured(within[j])],
      chance: top / twins[i][0].span,
    }) >= leastCeiling;
  const determined = pairs.filter(isDetermined);
  const factor = calibration(determined);
  const count = found.length;
  const [overlap, error] = [matrix(count, count), matrix(count, count)];
  const set = (i: number, j: number, value: number, bar: number): void => {
    overlap.data[i * count + j] = overlap.data[j * count + i] = value;
    error.data[i * count + j] = error.data[j * count + i] = bar;
  };
  within.forEach((one, i) => set(i, i, one.overlap, factor * one.predicted));
  for (const pair of pairs) set(pair.i, pair.j, pair.overlap, factor * pair.predicted);
  return { top, overlap, error, factor, pairs: determined.length };
}

const asMeasured = ({ overlap, predicted }: ReturnType<typeof overlapWithin>): Measured => ({
  value: overlap,
  error: predicted,
});

function twinsOf({ architecture: { name }, estimates }: Gathered, top: number): Twins {
  const [a, b] = estimates.map(({ subspaces }) => subspaces.get(top));
  if (a && b) return [a, b];
  throw new Error(`${name}: fewer than ${top} directions`);
}

/** By how much errors are too small; 1 where they are not, or nothing is known. */
function calibration(pairs: readonly PairOverlap[]): number {
  const known = pairs.filter(({ predicted }) => predicted > 0);
  const sum = (of: (pair: PairOverlap) => number): number =>
    known.reduce((all, pair) => all + of(pair) ** 2, 0);
  const ratio = Math.sqrt(sum(({ spread }) => spread) / sum(({ predicted }) => predicted));
  return ratio > 1 ? ratio : 1;
}
