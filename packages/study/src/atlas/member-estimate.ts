import type { ImageShape } from '@nads/basis';
import { effectiveRank, matrix, type Matrix } from '@nads/linalg';
import { radialProfile } from '@nads/probe';
import {
  comparedSubspace,
  copiesOf,
  onceEach,
  rowImage,
  rowsOf,
  type ComparedSubspace,
} from '../compare/compared-subspace.js';
import type { NadsResult } from '../estimate/nads-codec.js';
import type { NadsSummary } from '../estimate/nads-summary.js';
import { searchedDimension } from '../estimate/searched-dimension.js';
import { about } from '../named-error.js';
import { spectralEnergy } from './spectral-energy.js';

/** What an atlas needs of one estimate, of one channel where all channels have the same directions. */
export interface MemberEstimate {
  /** Where it was read, for messages. */
  readonly name: string;
  readonly summary: NadsSummary;
  /** Of a direction. */
  readonly image: ImageShape;
  /** All, largest first. */
  readonly eigenvalues: Float64Array;
  /** NaN with too few networks. */
  readonly standardErrors: Float64Array;
  /** The first directions: [kept × D]. */
  readonly leading: Matrix;
  /** Shares of the Fourier energy: [H·W]. */
  readonly energy: Float64Array;
  /** Its numbers. */
  readonly numbers: Readonly<Record<NumberName, number>>;
  /** How many directions are above the noise floor; undefined where that is not known. */
  readonly aboveNoise?: number;
  /** Leading subspaces, by their dimension k. */
  readonly subspaces: ReadonlyMap<number, ComparedSubspace>;
}

/** Numbers that an atlas has of each member. */
export const numberNames = [
  'effective_rank',
  'low_frequencies',
  'leading_share',
  'leading_eigenvalue',
] as const;

/** A number that an atlas has of each member. */
export type NumberName = (typeof numberNames)[number];

/** What tables call it. */
export const numberTitles: Readonly<Record<NumberName, string>> = {
  effective_rank: 'effective rank',
  low_frequencies: 'low frequencies',
  leading_share: 'share of the first',
  leading_eigenvalue: 'largest eigenvalue',
};

/** Directions that are kept of each estimate. */
export const keptDirections = 30;

/** Noise of a leading subspace is looked at towards so many directions: those beyond are many, small and alike. */
const considered = 256;

/**
 * What an atlas needs of an estimate.
 * @param tops dimensions of subspaces that are compared
 * @throws naming the estimate, where it has no eigenvalues, no summary, no directions enough, or nothing but zeros
 */
export const memberEstimate = (result: NadsResult, tops: readonly number[]): MemberEstimate =>
  about(result.name, () => {
    const { name, summary, eigenvalues: given } = result;
    if (!summary || !given)
      throw new Error(
        'no nads.json or no eigenvalues in it; give a folder that nads estimate wrote',
      );
    const copies = copiesOf(result);
    const rows = rowsOf(result);
    requireAll(summary, rows.rows * copies);
    const first = withFirst(result, considered);
    const eigenvalues = onceEach(given, copies);
    const image = rowImage(summary, copies);
    const energy = spectralEnergy(rows, eigenvalues, image);
    const kept = Math.min(keptDirections, rows.rows);
    return {
      name,
      summary,
      image,
      eigenvalues,
      standardErrors: onceEach(result.standardErrors ?? given.map(() => NaN), copies),
      leading: matrix(kept, rows.columns, rows.data.slice(0, kept * rows.columns)),
      energy,
      numbers: numbersOf(eigenvalues, energy, image),
      ...(summary.noise_floor && { aboveNoise: summary.noise_floor.index / copies }),
      subspaces: new Map(tops.filter(k => k <= kept).map(k => [k, comparedSubspace(first, k)])),
    };
  });

/** The effective rank and the share of low frequencies are of all directions. */
function requireAll(summary: NadsSummary, found: number): void {
  const all = searchedDimension(summary);
  if (found < all)
    throw new Error(
      `${found} of ${all} directions were saved, all are needed; estimate it again without --save`,
    );
}

/** The result with its first directions alone, copied, so that the others need not stay in memory. */
function withFirst(result: NadsResult, count: number): NadsResult {
  const { rows, columns, data } = rowsOf(result);
  const kept = Math.min(count, rows);
  return {
    ...result,
    rows: matrix(0, result.rows.columns),
    channelRows: matrix(kept, columns, data.slice(0, kept * columns)),
    eigenvalues: result.eigenvalues?.slice(0, kept * copiesOf(result)),
  };
}

function numbersOf(
  eigenvalues: Float64Array,
  energy: Float64Array,
  { height, width }: ImageShape,
): Record<NumberName, number> {
  const positive = eigenvalues.map(x => Math.max(0, x));
  const sum = positive.reduce((all, x) => all + x, 0);
  return {
    effective_rank: effectiveRank(eigenvalues),
    low_frequencies: radialProfile(energy, height, width).low,
    leading_share: positive[0] / sum,
    leading_eigenvalue: positive[0],
  };
}
