import type { Basis } from '@nads/basis';
import { schemeFor, symmetries, weightsOfChannels, type Symmetry } from '@nads/onnx';
import { averaging, type Averaging } from './averaging.js';
import { chosenBasis, nameOfRows } from './chosen-basis.js';
import type { EstimateOptions } from './estimate-options.js';
import type { HeadTreatment } from './head-treatment.js';
import type { ProbedNetwork } from './probed-network.js';

/** The symmetries of a network, and which of them are averaged over along a basis. */
export interface NetworkSymmetry {
  readonly basis: Basis;
  readonly symmetries: readonly Symmetry[];
  readonly averaging: Averaging;
}

/** Derives the symmetries of a network from its graph. @throws OptionError where the basis is unknown or does not fit the images. */
export function symmetryOf(
  probed: ProbedNetwork,
  { kind: head }: HeadTreatment,
  options: EstimateOptions,
): NetworkSymmetry {
  const { network, inference, draws, image } = probed;
  const name = options.basis ?? (options.rows ? nameOfRows : 'pixels');
  const basis = chosenBasis(name, options.rows, image);
  const fresh = new Set(draws.map(draw => draw.name));
  const derived = symmetries(network.graph, inference, image, fresh);
  const isCentred = areCentred(probed, weightsOfChannels(network.graph, inference, image, fresh));
  return {
    basis,
    symmetries: derived,
    averaging: averaging(options, { symmetries: derived, image, head, isCentred, basis }),
  };
}

/** Whether all of some weights have mean zero, so that either sign of them is as likely. */
const areCentred = ({ draws, init }: ProbedNetwork, names: ReadonlySet<string>): boolean =>
  draws
    .filter(({ name, role }) => role === 'weight' && names.has(name))
    .every(draw => schemeFor(init, draw).moments(draw).mean === 0);
