import type { Pool } from '@nads/runtime';
import { subspaceMargins, type Margin, type MarginOptions } from '@nads/probe';
import type { MarginSearchesSetup, MarginSearchesTask } from '@nads/probe/services';
import type { TrainedModel } from '../trained/trained-model.js';
import { gainsOf } from './gains-of.js';

/** What searches for margins of some images in some subspaces. */
export interface Searcher {
  /** Searches that it is given at a time. */
  readonly atOnce: number;
  /** @param tell told how many are done */
  readonly search: (
    task: MarginSearchesTask,
    tell: (done: number) => void,
  ) => Promise<readonly Margin[]>;
  readonly end: () => Promise<void>;
}

/** Searches in this thread. */
export function ownSearcher(trained: TrainedModel, options: MarginOptions): Searcher {
  const gains = gainsOf(trained);
  return {
    atOnce: 1,
    search: ({ images, subspaces }, tell) => {
      const onProgress = ({ done }: { readonly done: number }): void => tell(done);
      return subspaceMargins(trained.runner, images, subspaces, { ...options, gains, onProgress });
    },
    end: async () => {},
  };
}

/** Searches by the workers of a pool. */
export function poolSearcher(
  pool: Pool,
  trained: TrainedModel,
  { overshoot, iterations, classes }: MarginOptions,
): Searcher {
  const { original: _, ...model } = trained.runner.model;
  const gains = gainsOf(trained);
  const setup: MarginSearchesSetup = { model, overshoot, iterations, classes, gains };
  const job = pool.begin<MarginSearchesTask, Margin[]>('margins', setup);
  return {
    atOnce: pool.size + 1, // so that no worker waits
    search: task => job.run(task),
    end: () => job.end(),
  };
}
