import type { HeadTreatment } from './head-treatment.js';
import type { GradientSeed } from './subnetwork.js';

/** How many gradients are taken of a network: of one output where the last layer is sampled, else of every feature or output. */
export const gradientCount = ({ outputs }: GradientSeed, { kind }: HeadTreatment): number =>
  kind === 'sampled' ? 1 : outputs;
