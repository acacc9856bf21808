import type { Basis } from '@nads/basis';
import type { ImageInput, Symmetry } from '@nads/onnx';
import type { EstimateOptions } from './estimate-options.js';
import type { HeadTreatment } from './head-treatment.js';
import type { SymmetryGroup } from './symmetry-group.js';

/** Below this step the point and the biases matter: symmetries move it, and the sign of a channel shows. */
export const leastStepForChannels = 10;

/** What is averaged over beside networks. */
export interface Averaging {
  readonly group: SymmetryGroup;
  /** Channels, from the first on, that are probed. */
  readonly probedChannels: number;
  /** The reason, where it does not follow from the graph alone. */
  readonly note?: string;
}

/** What decides which symmetries may be averaged over. */
export interface SymmetryFacts {
  /** As derived from the graph. */
  readonly symmetries: readonly Symmetry[];
  readonly image: ImageInput;
  readonly head: HeadTreatment['kind'];
  /** Whether all weights have mean zero. */
  readonly isCentred: boolean;
  /** What is probed along. */
  readonly basis: Basis;
}

/**
 * Which symmetries of the graph are averaged over. Wide secants do not depend on x₀, so that C is
 * invariant as it is. For gradients and narrow secants only C(T x₀) = T C(x₀) Tᵀ holds: averaging over
 * the group is then averaging over the images T x₀ of the point. That changes C at given points, but
 * not its mean over x₀ ~ N(0, I), which is what an estimate with several drawn points estimates.
 */
export function averaging(options: EstimateOptions, facts: SymmetryFacts): Averaging {
  const { probe, symmetry = 'auto', step = 100, points, pointCount = 1 } = options;
  const group = groupOf(options, facts);
  const probedChannels = channelsToProbe(options, facts);
  const isLocal = probe === 'gradient' || step < leastStepForChannels;
  if (!isLocal || symmetry === 'none') return { group, probedChannels };
  if (!points && pointCount > 1)
    return { group, probedChannels, note: 'averaged over as the drawn points are' };
  const what = probe === 'gradient' ? 'a gradient' : `a secant of step ${step}`;
  const note = `not averaged over: ${what} depends on its point, which they would move (set \`pointCount\` for the mean over several points)`;
  return { group: trivial, probedChannels, note };
}

const trivial: SymmetryGroup = { flipRows: false, flipColumns: false, transposition: false };

/**
 * Symmetries are averaged over where the graph has them and the basis is closed under them. One output
 * alone is not invariant where the outputs are a map that moves along.
 */
function groupOf(
  { symmetry = 'auto' }: EstimateOptions,
  { symmetries, head, basis }: SymmetryFacts,
): SymmetryGroup {
  if (symmetry === 'none' || !basis.relabellings) return trivial;
  const isUsed = ({ holds, movesOutputs }: Symmetry): boolean =>
    holds && !(movesOutputs && head === 'sampled');
  const holds = (name: Symmetry['relabelling']): boolean =>
    symmetries.some(found => found.relabelling === name && isUsed(found));
  const [flipRows, flipColumns] = [holds('flip rows'), holds('flip columns')];
  const transposition = holds('transposition');
  const consistent = !transposition || flipRows === flipColumns;
  return {
    flipRows: flipRows && consistent,
    flipColumns: flipColumns && consistent,
    transposition,
  };
}

/** One channel where they are exchangeable and their weights are as likely with the other sign. */
function channelsToProbe(
  { probe, symmetry = 'auto', step = 100 }: EstimateOptions,
  { symmetries, image, isCentred, basis }: SymmetryFacts,
): number {
  // one backward pass gives all channels, so that leaving some out would save nothing
  if (probe === 'gradient' || symmetry === 'none') return image.channels;
  const isWide = step >= leastStepForChannels;
  const areExchangeable = symmetries.some(
    ({ relabelling, holds }) => relabelling === 'channels' && holds,
  );
  const isOfOneChannel = basis.shape.channels === 1;
  return isOfOneChannel && isWide && areExchangeable && isCentred ? 1 : image.channels;
}
