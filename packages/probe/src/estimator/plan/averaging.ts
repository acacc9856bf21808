import type { Basis } from '@nads/basis';
import type { ImageInput, Symmetry } from '@nads/onnx';
import type { HeadTreatment } from './head-treatment.js';
import type { EstimateOptions } from './prepare.js';
import type { SymmetryGroup } from './symmetry-group.js';

/** Below this step the point and the biases matter: symmetries move it, and the sign of a channel shows. */
export const leastStepForChannels = 10;

/** What is averaged over beside networks. */
export interface Averaging {
  readonly group: SymmetryGroup;
  /** Channels, from the first on, that are probed. */
  readonly probedChannels: number;
  /** Why, where the graph alone does not say. */
  readonly note?: string;
}

/** What else decides: how the last layer is treated, whether weights have mean zero, and what is probed along. */
interface Circumstances {
  readonly head: HeadTreatment['kind'];
  readonly isCentred: boolean;
  readonly basis: Basis;
}

/**
 * Which symmetries of the graph are averaged over. Wide secants do not depend on x₀, so that C is
 * invariant as it is. For gradients and narrow secants only C(T x₀) = T C(x₀) Tᵀ holds: averaging over
 * the group is then averaging over the images T x₀ of the point. That changes C at given points, but
 * not its mean over x₀ ~ N(0, I), which an estimate with several drawn points is of.
 */
export function averaging(
  derived: readonly Symmetry[],
  image: ImageInput,
  options: EstimateOptions,
  { head, isCentred, basis }: Circumstances,
): Averaging {
  const { probe, symmetry = 'auto', step = 100, points, pointCount = 1 } = options;
  const group = groupOf(derived, options, head, basis);
  const probedChannels =
    // one backward pass gives all channels, so that leaving some out would save nothing
    probe === 'gradient'
      ? image.channels
      : channelsToProbe(derived, image, options, isCentred, basis);
  const isLocal = probe === 'gradient' || step < leastStepForChannels;
  if (!isLocal || symmetry === 'none') return { group, probedChannels };
  if (!points && pointCount > 1)
    return { group, probedChannels, note: 'averaged over as the drawn points are' };
  const trivial = { flipRows: false, flipColumns: false, transposition: false };
  const what = probe === 'gradient' ? 'a gradient' : `a secant of step ${step}`;
  const note = `not averaged over: ${what} depends on its point, which they would move (set \`pointCount\` for the mean over several points)`;
  return { group: trivial, probedChannels, note };
}

/**
 * Symmetries are averaged over where the graph has them and the basis is closed under them. One output
 * alone is not invariant where the outputs are a map that moves along.
 */
function groupOf(
  derived: readonly Symmetry[],
  { symmetry = 'auto' }: EstimateOptions,
  head: HeadTreatment['kind'],
  { relabellings }: Basis,
): SymmetryGroup {
  const use = symmetry === 'auto' && relabellings !== undefined;
  const isUsed = ({ holds, movesOutputs }: Symmetry): boolean =>
    use && holds && !(movesOutputs && head === 'sampled');
  const holds = (name: Symmetry['relabelling']): boolean =>
    derived.some(found => found.relabelling === name && isUsed(found));
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
  derived: readonly Symmetry[],
  image: ImageInput,
  { symmetry = 'auto', step = 100 }: EstimateOptions,
  isCentred: boolean,
  { shape }: Basis,
): number {
  const exchangeable = derived.some(
    ({ relabelling, holds }) => relabelling === 'channels' && holds,
  );
  const use = symmetry === 'auto' && shape.channels === 1 && step >= leastStepForChannels;
  return use && exchangeable && isCentred ? 1 : image.channels;
}
