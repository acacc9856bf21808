import { compareGradients } from './gradient/compare.ts';
import type { Outcome } from './lib/table.ts';
import type { RunOptions } from './run.ts';

/** How many times faster than PyTorch's autograd. */
const faster = { lenet: 4, vgg11: 1.5, resnet18: 1.4, densenet121: 2.5 };

/** Networks that `--only` can name. */
export const choice = Object.keys(faster);

/** Gradients with respect to the images, weights as they are. */
export const run = (options: RunOptions): Promise<Outcome> =>
  compareGradients('input', faster, options);
