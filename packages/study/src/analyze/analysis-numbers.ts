import { effectiveRank } from '@nads/linalg';
import {
  imageEnergy,
  radialProfile,
  subspaceAngles,
  subspaceShares,
  type ImageShape,
  type RadialProfile,
  type Spectrum,
  type SubspaceShare,
} from '@nads/probe';
import { Progress } from '../messages/progress.js';
import type { DataGradients } from './analyze-gradients.js';
import type { Nads } from './analyze-nads.js';

/** Spectrum of the gradients of one class. */
export interface ClassNumbers {
  readonly name: string;
  readonly images: number;
  readonly correct?: number;
  readonly trace: number;
  readonly effectiveRank?: number;
  readonly spectrum: Spectrum;
  readonly shares?: readonly SubspaceShare[];
}

/** Data gradients beside NADs. */
export interface Comparison {
  /** For every k. */
  readonly shares: readonly SubspaceShare[];
  /** At some k: principal angles in radians, ascending. */
  readonly angles: readonly { readonly share: SubspaceShare; readonly angles: Float64Array }[];
  /** The same in each channel alone, where channels are exchangeable. */
  readonly channelShares: readonly (readonly SubspaceShare[])[];
  /** Share of E‖∇f‖² in the span of the first 1, 2, … NADs. */
  readonly cumulativeEnergy: Float64Array;
  /** Fourier energy of the NADs, weighted by their eigenvalues: [H·W]; where these are known. */
  readonly energy?: Float64Array;
  readonly profile?: RadialProfile;
}

/** All numbers of an analysis. */
export interface AnalysisNumbers {
  readonly trace: number;
  /** Where all eigenvalues are known. */
  readonly effectiveRank?: number;
  readonly spectrum: Spectrum;
  readonly classes: readonly ClassNumbers[];
  readonly profile: RadialProfile;
  readonly comparison?: Comparison;
}

/** Subspaces that tables show. */
export const tops = [1, 10, 50, 100];

/** Works out spectra, and how they lie to the NADs. */
export async function analysisNumbers(
  gradients: DataGradients,
  nads: Nads | undefined,
  image: ImageShape,
  top: number,
  quiet?: boolean,
): Promise<AnalysisNumbers> {
  const progress = new Progress('spectra', quiet);
  const total = 1 + gradients.classes.length + (nads?.channelRows ? gradients.channels.length : 0);
  let done = 0;
  const counted = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work;
    progress.update(++done, total);
    return result;
  };
  try {
    const spectrum = await counted(gradients.overall.spectrum(top));
    const classes: ClassNumbers[] = [];
    for (const { name, covariance, correct } of gradients.classes) {
      const trace = covariance.trace();
      // A class of one dead logit has no spectrum; it says so with a trace of zero.
      if (trace === 0) continue;
      const own = await counted(covariance.spectrum(top));
      classes.push({
        name,
        images: covariance.count,
        correct,
        trace,
        effectiveRank: rankOfAll(own.eigenvalues, trace),
        spectrum: own,
        shares: nads && subspaceShares(own.eigenvectors, nads.rows, nads.tied),
      });
    }
    const trace = gradients.overall.trace();
    return {
      trace,
      effectiveRank: rankOfAll(spectrum.eigenvalues, trace),
      spectrum,
      classes,
      profile: radialProfile(gradients.energy, image.height, image.width),
      comparison: nads && (await compared(gradients, spectrum, nads, image, top, counted)),
    };
  } finally {
    progress.end();
  }
}

/** Effective rank; undefined where the eigenvalues are only the leading ones and miss some of the trace. */
export function rankOfAll(eigenvalues: Float64Array, trace: number): number | undefined {
  const sum = eigenvalues.reduce((a, b) => a + b, 0);
  return sum < (1 - 1e-6) * trace ? undefined : effectiveRank(eigenvalues);
}

async function compared(
  { overall, channels }: DataGradients,
  { eigenvectors }: Spectrum,
  nads: Nads,
  image: ImageShape,
  top: number,
  counted: <T>(work: Promise<T>) => Promise<T>,
): Promise<Comparison> {
  const shares = subspaceShares(eigenvectors, nads.rows, nads.tied);
  const channelShares: SubspaceShare[][] = [];
  for (const covariance of nads.channelRows ? channels : [])
    if (covariance.trace() > 0) {
      const own = await counted(covariance.spectrum(top));
      channelShares.push(subspaceShares(own.eigenvectors, nads.channelRows!));
    }
  const energy = nadEnergy(nads, image);
  return {
    shares,
    angles: shares
      .filter(share => tops.includes(share.top))
      .map(share => ({ share, angles: subspaceAngles(eigenvectors, nads.rows, share) })),
    channelShares,
    cumulativeEnergy: cumulative(await overall.along(nads.rows), overall.trace()),
    energy,
    profile: energy && radialProfile(energy, image.height, image.width),
  };
}

function cumulative(energies: Float64Array, total: number): Float64Array {
  let sum = 0;
  return energies.map(energy => (sum += energy) / total);
}

/** The most directions whose Fourier energy is summed. */
const mostSummed = 1024;

function nadEnergy(
  { rows, channelRows = rows, tied, eigenvalues }: Nads,
  image: ImageShape,
): Float64Array | undefined {
  if (!eigenvalues) return undefined;
  const sum = new Float64Array(image.height * image.width);
  for (let i = 0; i < Math.min(mostSummed, channelRows.rows); i++) {
    const { columns, data } = channelRows;
    const weight = Math.max(0, eigenvalues[channelRows === rows ? i : i * tied]);
    const energy = imageEnergy(data.subarray(i * columns, (i + 1) * columns), image);
    for (let j = 0; j < sum.length; j++) sum[j] += weight * energy[j];
  }
  return sum;
}
