import type { Matrix } from '@nads/linalg';
import type { AtlasSummary, MemberSummary } from './atlas-summary.js';
import type { Measured } from './disattenuated.js';

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

/** What unrelated subspaces of dimension k have in common. */
export const chanceOf = ({ searched }: MemberSummary, top: number): number => top / searched;

/** Overlap of the two estimates of a member. @throws where the atlas has no subspaces of that dimension */
export function withinOf({ name, subspaces }: MemberSummary, top: number): Measured {
  const found = subspaces.find(one => one.top === top);
  if (!found) throw new Error(`'${name}' has no subspace of dimension ${top}`);
  const { value, error } = found.within;
  return { value, error: error ?? NaN };
}
