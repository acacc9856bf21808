import { compareGradients } from './gradient/compare.ts';
import type { Outcome } from './lib/table.ts';
import type { RunOptions } from './run.ts';

/** How many times faster than PyTorch's autograd. */
const faster = { lenet: 1, vgg11: 1, resnet18: 1, densenet121: 1 };

/** Networks that `--only` can name. */
export const choice = Object.keys(faster);

/** Gradients with respect to all weights, summed over the batch. */
export const run = (options: RunOptions): Promise<Outcome> =>
  compareGradients('parameters', faster, options);
