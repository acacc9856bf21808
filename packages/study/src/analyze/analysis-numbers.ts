import type { ImageShape } from '@nads/basis';
import { effectiveRank } from '@nads/linalg';
import {
  imageEnergy,
  radialProfile,
  subspaceAngles,
  subspaceShares,
  type RadialProfile,
  type Spectrum,
  type SubspaceShare,
} from '@nads/probe';
import type { OnProgress } from '@nads/runtime';
import type { ComparedNads } from './compared-nads.js';
import type { ClassGradients, DataGradients } from './data-gradients.js';

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

/** Data gradients compared with NADs. */
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
  /** E‖∇f‖². */
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

/** The leading eigenpairs of a covariance, counted. */
type SpectrumOf = (covariance: ClassGradients['covariance']) => Promise<Spectrum>;

/** Spectra of data gradients, at most `top` eigenvectors of each, and how they relate to the NADs. */
export async function analysisNumbers(
  gradients: DataGradients,
  nads: ComparedNads | undefined,
  image: ImageShape,
  top: number,
  onProgress?: OnProgress,
): Promise<AnalysisNumbers> {
  const { overall, classes, channels, energy } = gradients;
  const total = 1 + classes.length + (nads?.channelRows ? channels.length : 0);
  let done = 0;
  const spectrumOf: SpectrumOf = async covariance => {
    const spectrum = await covariance.spectrum(top);
    onProgress?.({ unit: 'spectra', done: ++done, total });
    return spectrum;
  };
  const spectrum = await spectrumOf(overall);
  const trace = overall.trace();
  return {
    trace,
    effectiveRank: rankOfAll(spectrum.eigenvalues, trace),
    spectrum,
    classes: await classNumbers(classes, nads, spectrumOf),
    profile: radialProfile(energy, image.height, image.width),
    comparison: nads && (await compared(gradients, spectrum, nads, image, spectrumOf)),
  };
}

/** A class of one dead logit has no spectrum: it is left out. */
async function classNumbers(
  classes: readonly ClassGradients[],
  nads: ComparedNads | undefined,
  spectrumOf: SpectrumOf,
): Promise<ClassNumbers[]> {
  const found: ClassNumbers[] = [];
  for (const { name, covariance, correct } of classes) {
    const trace = covariance.trace();
    if (trace === 0) continue;
    const spectrum = await spectrumOf(covariance);
    found.push({
      name,
      images: covariance.count,
      correct,
      trace,
      effectiveRank: rankOfAll(spectrum.eigenvalues, trace),
      spectrum,
      shares: nads && subspaceShares(spectrum.eigenvectors, nads.rows, nads.tied, nads.span),
    });
  }
  return found;
}

/** Effective rank; undefined where the eigenvalues are only the leading ones and miss some of the trace. */
export function rankOfAll(eigenvalues: Float64Array, trace: number): number | undefined {
  const sum = eigenvalues.reduce((a, b) => a + b, 0);
  return sum < (1 - 1e-6) * trace ? undefined : effectiveRank(eigenvalues);
}

async function compared(
  { overall, channels }: DataGradients,
  { eigenvectors }: Spectrum,
  nads: ComparedNads,
  image: ImageShape,
  spectrumOf: SpectrumOf,
): Promise<Comparison> {
  const shares = subspaceShares(eigenvectors, nads.rows, nads.tied, nads.span);
  const channelShares: SubspaceShare[][] = [];
  for (const covariance of nads.channelRows ? channels : [])
    if (covariance.trace() > 0) {
      const own = await spectrumOf(covariance);
      channelShares.push(
        subspaceShares(own.eigenvectors, nads.channelRows!, 1, nads.span / nads.tied),
      );
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
  { rows, channelRows = rows, tied, eigenvalues }: ComparedNads,
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
