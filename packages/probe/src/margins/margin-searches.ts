import type { Matrix } from '@nads/linalg';
import { service } from '@nads/runtime';
import type { GradientModel } from '../own-network/gradient-model.js';
import { openGradients } from '../own-network/open-gradients.js';
import type { Margin } from './margin-search.js';
import { subspaceMargins, type MarginOptions } from './subspace-margins.js';

/** What all searches of a study have in common. */
export interface MarginSearchesSetup extends Omit<MarginOptions, 'onProgress' | 'signal'> {
  /** Its outputs are known to be those of the network that it was derived from. */
  readonly model: Omit<GradientModel, 'original'>;
}

/** Images and subspaces whose searches run side by side, as `subspaceMargins` takes them. */
export interface MarginSearchesTask {
  readonly images: Float32Array;
  readonly subspaces: readonly Matrix[];
}

/** `subspaceMargins` for pools. */
export const marginSearches = service<MarginSearchesSetup, MarginSearchesTask, Margin[]>(
  async runtime => ({
    prepare: async ({ model, ...options }, { signal }) => {
      const runner = await openGradients(runtime, model);
      return ({ images, subspaces }) =>
        subspaceMargins(runner, images, subspaces, { ...options, signal });
    },
  }),
);
