import type { RadialProfile, SubspaceShare } from '@nads/probe';
import type { ClassNumbers, Comparison } from './analysis-numbers.js';
import type { AnalysisSummary } from './analysis-summary.js';

type Profile = Pick<RadialProfile, 'low' | 'lowChance'>;

/** A class as tables show it. */
export interface TabledClass extends Omit<ClassNumbers, 'shares' | 'spectrum'> {
  readonly shares?: readonly Pick<SubspaceShare, 'overlap' | 'top'>[];
}

/** A comparison with NADs as tables show it. */
export interface TabledComparison extends Pick<Comparison, 'channelShares' | 'shares'> {
  readonly angles: readonly {
    readonly share: SubspaceShare;
    readonly angles: ArrayLike<number>;
  }[];
  readonly cumulativeEnergy: ArrayLike<number>;
  readonly profile?: Profile;
}

/** The numbers of an analysis that tables show. */
export interface TabledAnalysis {
  readonly profile: Profile;
  readonly classes: readonly TabledClass[];
  readonly comparison?: TabledComparison;
}

/** These numbers of an analysis that was saved. */
export const tabledAnalysis = ({ fourier, classes, nads }: AnalysisSummary): TabledAnalysis => ({
  profile: profileOf(fourier),
  classes: classes.map(classOf),
  ...(nads && { comparison: comparisonOf(nads) }),
});

const profileOf = (saved: AnalysisSummary['fourier']): Profile => ({
  low: saved.below_half_nyquist,
  lowChance: saved.white_noise_below_half_nyquist,
});

const classOf = (saved: AnalysisSummary['classes'][number]): TabledClass => ({
  name: saved.name,
  images: saved.images,
  correct: saved.accuracy === null ? undefined : saved.accuracy * saved.images,
  trace: saved.trace,
  effectiveRank: saved.effective_rank ?? undefined,
  shares: saved.overlap?.map((overlap, i) => ({ top: i + 1, overlap })),
});

const comparisonOf = (saved: NonNullable<AnalysisSummary['nads']>): TabledComparison => ({
  shares: saved.overlap,
  angles: saved.overlap.flatMap(share => {
    const degrees = saved.principal_angles_degrees[share.top];
    return degrees ? [{ share, angles: degrees.map(angle => (angle * Math.PI) / 180) }] : [];
  }),
  channelShares: saved.channel_overlap,
  cumulativeEnergy: saved.cumulative_energy,
  ...(saved.fourier && { profile: profileOf(saved.fourier) }),
});
