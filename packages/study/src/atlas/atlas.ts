import { OptionError, type Matrix } from '@nads/linalg';
import type { AtlasSummary, MemberSummary } from './atlas-summary.js';
import { disattenuated, type Measured } from './disattenuated.js';

/** One of the two estimates of a member. */
export interface KeptEstimate {
  /** All, largest first. */
  readonly eigenvalues: Float64Array;
  /** NaN where they are not known. */
  readonly standardErrors: Float64Array;
  /** The first directions as orthonormal rows: [kept × D]. */
  readonly leading: Matrix;
  /** Shares of the Fourier energy: [H·W]. */
  readonly energy: Float64Array;
}

/** A member of an atlas. */
export interface AtlasMember {
  readonly summary: MemberSummary;
  readonly estimates: readonly [KeptEstimate, KeptEstimate];
}

/** Overlaps of all members that are compared, with each other. */
export interface AtlasOverlaps {
  /** Dimension k of the subspaces. */
  readonly top: number;
  /** Of members of `compared`, in their order: [N × N], on the diagonal that of the two estimates of one. */
  readonly overlap: Matrix;
  /** Standard errors: [N × N]; NaN where they are not known. */
  readonly error: Matrix;
}

/** A member, with its estimates that are independent of a model's. */
export interface IndependentMember {
  readonly member: AtlasMember;
  /** One or two. */
  readonly estimates: readonly KeptEstimate[];
}

/** What many architectures prefer, side by side. */
export interface Atlas {
  readonly summary: AtlasSummary;
  readonly members: readonly AtlasMember[];
  readonly overlaps: readonly AtlasOverlaps[];
}

/** Members whose directions are compared with each other. */
export const compared = ({ members }: Pick<Atlas, 'members'>): AtlasMember[] =>
  members.filter(({ summary }) => summary.alone === undefined);

/** What a member is called beside all others: steps of the ladder by what they choose, as in 'depth: 5'. */
export const titleOf = ({ title, from, choice }: MemberSummary): string =>
  from === undefined || choice === undefined ? title : `${choice}: ${title}`;

/** What unrelated subspaces of dimension k have in common. */
export const chanceOf = ({ searched }: MemberSummary, top: number): number => top / searched;

/** Overlap of the two estimates of a member. @throws where the atlas has no subspaces of that dimension */
export function withinOf({ name, subspaces }: MemberSummary, top: number): Measured {
  const found = subspaces.find(one => one.top === top);
  if (!found) throw new Error(`'${name}' has no subspace of dimension ${top}`);
  const { value, error } = found.within;
  return { value, error: error ?? NaN };
}

/**
 * The correlation of the leading subspaces of two members without their noise; undefined where it is not determined.
 * @param i, j places among those that are compared
 */
export function correlationOf(
  atlas: Atlas,
  top: number,
  i: number,
  j: number,
): Measured | undefined {
  const { overlap, error } = overlapsOf(atlas, top);
  const members = compared(atlas);
  const at = i * overlap.columns + j;
  return disattenuated({
    overlap: { value: overlap.data[at], error: error.data[at] },
    within: [withinOf(members[i].summary, top), withinOf(members[j].summary, top)],
    chance: chanceOf(members[i].summary, top),
  });
}

/** @throws where the atlas has none of that dimension */
export function overlapsOf({ overlaps }: Atlas, top: number): AtlasOverlaps {
  const found = overlaps.find(one => one.top === top);
  if (found) return found;
  throw new OptionError(
    'top',
    `the atlas has subspaces of ${overlaps.map(one => one.top).join(', ')} dimensions, not of ${top}`,
  );
}
