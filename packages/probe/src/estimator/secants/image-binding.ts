import type { Layout } from '@nads/basis';
import type { Plan } from '../plan/plan.js';
import type { GradientSeed } from '../plan/subnetwork.js';

/** How images enter a session, and where its answer comes out. */
export interface ImageBinding {
  readonly input: string;
  readonly output: string;
  readonly layout: Layout;
  /** Images in one run. */
  readonly batch: number;
  /** What takes ∂s/∂y where `output` is a gradient. */
  readonly seed?: GradientSeed;
}

/** How images enter the body of a plan's networks. */
export const imageBinding = ({ body, layout, batch }: Plan): ImageBinding => {
  const { input, output, seed } = body;
  return { input, output, seed, layout, batch };
};
