import type { ImageShape } from '@nads/basis';
import { matrix, orthonormalise, overlap, type Matrix } from '@nads/linalg';
import { noiseAngles } from '../compare/noise-angles.js';
import { overlapError, type TurnedSubspace } from '../compare/overlap-error.js';
import { symmetryTypes } from '../compare/symmetry-types.js';
import type { NadsResult } from '../estimate/nads-codec.js';
import type { NadsSummary } from '../estimate/nads-summary.js';
import { about } from '../named-error.js';

/** How much of one leading subspace lies in another. */
export interface OverlapCell {
  readonly overlap: number;
  /** NaN where it is not known. */
  readonly standardError: number;
  /** What unrelated subspaces have on average: k over the dimension of the space, the larger of two, that directions were sought in. */
  readonly chance: number;
}

/** Overlaps of the leading subspaces of several results, of one channel where all channels have the same directions. */
export interface OverlapMatrix {
  /** Dimension k of the subspaces. */
  readonly top: number;
  /** Least and largest chance of all pairs, which differ where bases do. */
  readonly chance: readonly [least: number, most: number];
  readonly names: readonly string[];
  /** Names of results that cannot be compared with these: of another image size, or with fewer directions. */
  readonly left: readonly string[];
  /** [N × N]; on the diagonal that of two halves of the networks; undefined where it is not known. */
  readonly cells: readonly (readonly (OverlapCell | undefined)[])[];
}

/**
 * Mean squared cosines between the leading subspaces of results. Those of another image size than most, or with fewer than k
 * directions, are left out, and named.
 */
export function overlapMatrix(results: readonly NadsResult[], top: number): OverlapMatrix {
  const dimension = commonest(results.map(one => rowsOf(one).columns));
  const fits = (one: NadsResult): boolean =>
    rowsOf(one).columns === dimension && rowsOf(one).rows >= top;
  const found = results.filter(fits).map(one => subspaceOf(one, top));
  return {
    top,
    chance: chanceOf(found),
    names: found.map(({ name }) => name),
    left: results.filter(one => !fits(one)).map(({ name }) => name),
    cells: cellsOf(found),
  };
}

function chanceOf(found: readonly Subspace[]): OverlapMatrix['chance'] {
  const pairs = found.flatMap((a, i) => found.slice(0, i).map(b => chanceBetween(a, b)));
  return [Math.min(...pairs), Math.max(...pairs)];
}

/** A space of a few directions lies in that of all. */
const chanceBetween = (a: Subspace, b: Subspace): number => a.top / Math.max(a.span, b.span);

/** The first one of those that occur most often. */
function commonest(values: readonly number[]): number {
  const count = (value: number): number => values.filter(other => other === value).length;
  return values.reduce((best, value) => (count(value) > count(best) ? value : best));
}

interface Subspace extends Omit<TurnedSubspace, 'angles'> {
  readonly name: string;
  /** Orthonormal in double precision: [k × D]. */
  readonly leading: Matrix;
  /** Where it is known how stable the subspace is. */
  readonly angles?: Float64Array;
  readonly halfSplitOverlap?: number;
  /** Dimension of the space that directions were sought in. */
  readonly span: number;
}

const rowsOf = ({ rows, channelRows = rows }: NadsResult): Matrix => channelRows;

function subspaceOf(result: NadsResult, top: number): Subspace {
  const rows = rowsOf(result);
  const copies = result.rows.columns / rows.columns;
  const { name, summary, eigenvalues: all = new Float64Array() } = result;
  const eigenvalues = all.filter((_, i) => i % copies === 0);
  const predicted = summary?.stability?.predicted_overlap[top * copies];
  const types = summary && symmetryTypes(rows, imageOf(summary, copies));
  return {
    name,
    rows,
    leading: about(name, () => orthonormalise(firstRows(rows, top))),
    eigenvalues,
    types,
    top,
    span: Math.max(top, summary?.directions.probed ?? rows.columns),
    halfSplitOverlap: summary?.stability?.half_split_overlap[top * copies],
    ...(predicted !== undefined && {
      angles: noiseAngles({ eigenvalues, top, predicted, types }),
    }),
  };
}

/** Of the rows. */
const imageOf = ({ image }: NadsSummary, copies: number): ImageShape => ({
  ...image,
  channels: image.channels / copies,
});

const firstRows = (a: Matrix, k: number): Matrix =>
  matrix(k, a.columns, a.data.subarray(0, k * a.columns));

/** Symmetric. */
function cellsOf(found: readonly Subspace[]): OverlapMatrix['cells'] {
  const cells: (OverlapCell | undefined)[][] = found.map(() => []);
  found.forEach((a, i) => {
    cells[i][i] = halves(a);
    for (let j = 0; j < i; j++) cells[i][j] = cells[j][i] = cellOf(a, found[j]);
  });
  return cells;
}

const halves = ({ halfSplitOverlap, top, span }: Subspace): OverlapCell | undefined =>
  halfSplitOverlap === undefined
    ? undefined
    : { overlap: halfSplitOverlap, standardError: NaN, chance: top / span };

/** The errors from both sides are independent. */
const cellOf = (a: Subspace, b: Subspace): OverlapCell => ({
  overlap: overlap(a.leading, b.leading, a.top),
  standardError: Math.hypot(errorOf(a, b), errorOf(b, a)),
  chance: chanceBetween(a, b),
});

const errorOf = ({ angles, ...subspace }: Subspace, { leading }: Subspace): number =>
  angles ? overlapError({ ...subspace, angles }, leading) : NaN;
