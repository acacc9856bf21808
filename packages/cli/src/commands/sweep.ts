import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { count, positive, seed, size, threads } from './arguments.js';
import { basisHelp } from './basis-help.js';
import { addDescentOptions, addSeparableOptions, architectureHelp } from './training-options.js';
import { forceOption } from './force-option.js';
import { addQueueOptions, queueUse } from './queue-options.js';
import { refuseWithoutEffect, withOption } from './without-effect.js';

/** `nads sweep`. */
export function sweep(): Command {
  const command = new Command('sweep')
    .description(
      'How well an architecture learns to separate two classes along each direction of a basis.',
    )
    .argument('<architecture>', architectureHelp)
    .requiredOption(
      '--basis <spec>',
      `directions to train along: ${basisHelp}; places x:y of fourier:K are those of the published grid, 8:8 of fourier:16 being the constant image`,
    )
    .requiredOption('-o, --out <dir>', 'folder for results.csv, a picture and journal.jsonl')
    .option(
      '--indices <list>',
      'which directions: 0,64 or 0-9 or 0-960:64; on a grid also places x:y, as in 9:7,6:8 or 0:0-3:3 (default: all)',
    )
    .option('--seeds <list>', 'one network per direction for each seed, as in 0,1,2', seedList, [0])
    .option('--clip <x>', 'clip the global gradient norm to this', positive, 0.5)
    .option('--channels <n>', 'number of image channels', count, 1)
    .option('--size <HxW>', 'size of the images', size, [32, 32])
    .option(
      '--workers <n>',
      'number of threads; results do not depend on it',
      threads,
      availableParallelism(),
    )
    .option('--dry-run', 'estimate the training time, without training')
    .addOption(forceOption())
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'do not show progress');
  const whole = addQueueOptions(addDescentOptions(addSeparableOptions(command)));
  return refuseWithoutEffect(whole, uses)
    .addHelpText('after', examples)
    .action(async (architecture: string, options) =>
      (await import('../sweep/sweep.js')).sweep(architecture, options),
    );
}

const uses = [queueUse('--workers'), withOption('--dry-run', ['--queue', '--store'])];

const seedList = (text: string): number[] => [...new Set(text.split(',').map(seed))];

const examples = `
Every network is trained on its own set of images x = (ε/2)·y·v + w, y = ±1, w ~ N(0, σ²(I − vvᵀ)), with a learning
rate that falls linearly to 0. Results are saved as they come; the same command resumes an interrupted sweep.

Examples:
  nads sweep lenet --basis fourier:16 --indices 9:7,6:8 --sigma 3 --epsilon 2 --out out/fourier
  nads sweep lenet --basis nads:out/lenet --indices 0-960:64 --sigma 1 --epsilon 2 --seeds 0,1 --out out/nads
  nads sweep resnet18 --basis fourier:16 --sigma 3 --epsilon 2 --queue redis://queue:6379 --store /mnt/nads --out out/resnet18
  nads sweep resnet18 --basis fourier:16 --sigma 3 --epsilon 2 --dry-run --out out/resnet18`;
