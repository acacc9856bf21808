import { matrix, overlap, type Matrix } from '@nads/linalg';
import { errorFrom, type ComparedSubspace } from '../compare/compared-subspace.js';
import { chanceOf, titleOf, withinOf, type Atlas, type IndependentMember } from './atlas.js';
import { disattenuated, type Measured } from './disattenuated.js';
import type { MemberEstimate } from './member-estimate.js';
import { isIsotropic } from './is-isotropic.js';
import { moderatedVariances } from './moderated-variances.js';

/** A member beside a model. */
export interface NearSubspace {
  readonly name: string;
  readonly title: string;
  /** Mean squared cosine. */
  readonly overlap: Measured;
  /** Without the noise of both; undefined where noise leaves too little of one of them: not determined. */
  readonly correlation?: Measured;
}

/** Members by how much their leading subspaces have in common with a model's. */
export interface OverlapRanking {
  /** Dimension k of the subspaces. */
  readonly top: number;
  /** Of unrelated subspaces. */
  readonly chance: number;
  /** What two estimates like that of the model would overlap; undefined where its stability was not measured, or it prefers no direction. */
  readonly within?: Measured;
  /** Nearest first by the correlation; those for which it is not determined last, in their order. */
  readonly members: readonly NearSubspace[];
}

/** Members by the overlap of their subspaces of dimension k with a model's. */
export function nearestByOverlap(
  atlas: Atlas,
  members: readonly IndependentMember[],
  { subspaces, summary, eigenvalues }: MemberEstimate,
  top: number,
): OverlapRanking {
  const own = subspaces.get(top);
  const chance = top / summary.directions.probed;
  if (!own) return { top, chance, members: [] };
  const within = isIsotropic(eigenvalues) ? undefined : withinFrom(own, chance);
  const factor = atlas.summary.calibration.find(one => one.top === top)?.factor ?? 1;
  const overlaps = overlapsWith(own, members, factor);
  const found = members.map(({ member }, i) => ({
    name: member.summary.name,
    title: titleOf(member.summary),
    overlap: overlaps[i],
    correlation:
      within &&
      disattenuated({
        overlap: overlaps[i],
        within: [within, withinOf(member.summary, top)],
        chance: chanceOf(member.summary, top),
      }),
  }));
  const rank = ({ correlation }: NearSubspace): number => correlation?.value ?? -Infinity;
  return { top, chance, within, members: found.toSorted((a, b) => rank(b) - rank(a) || 0) };
}

/**
 * The overlap of two estimates like one of which two halves were compared, from theirs: r = 2h/(1 + h) of the overlaps less that by
 * chance (Spearman 1910, Brown 1910). Its error is that of the overlap with an estimate as noisy.
 */
function withinFrom(own: ComparedSubspace, chance: number): Measured | undefined {
  const { halfSplitOverlap } = own;
  if (halfSplitOverlap === undefined) return undefined;
  const half = Math.max(0, (halfSplitOverlap - chance) / (1 - chance));
  const whole = (2 * half) / (1 + half);
  return { value: chance + (1 - chance) * whole, error: Math.SQRT2 * errorFrom(own, own) };
}

/** Errors from the model's noise are predicted; those from a member's are from how its two estimates differ, moderated by all members. */
function overlapsWith(
  own: ComparedSubspace,
  members: readonly IndependentMember[],
  factor: number,
): Measured[] {
  const { top } = own;
  const found = members.map(({ estimates }) =>
    estimates.map(({ leading }) => ({ leading: firstRows(leading, top) })),
  );
  const values = found.map(each => each.map(one => overlap(own.leading, one.leading, top)));
  const differences = values.map(([a, b = NaN]) => (a - b) ** 2 / 4);
  const moderated = moderatedVariances(differences);
  const usual = moderatedVariances([...differences, 0]).at(-1)!;
  return values.map((each, i) => {
    const value = each.reduce((sum, x) => sum + x, 0) / each.length;
    const theirs = each.length > 1 ? moderated[i] : 2 * usual;
    const mine = factor * errorFrom(own, found[i][0]);
    return { value, error: Math.hypot(mine, Math.sqrt(theirs)) };
  });
}

const firstRows = (a: Matrix, k: number): Matrix =>
  matrix(k, a.columns, a.data.subarray(0, k * a.columns));
