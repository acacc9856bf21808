import { Command } from 'commander';
import { count, positive, seed, size } from './arguments.js';
import { basisHelp } from './basis-help.js';
import { replaceOption } from './force-option.js';

/** `nads synth`. */
export function synth(): Command {
  return new Command('synth')
    .description('Images of two classes that differ only along one direction.')
    .requiredOption('--basis <spec>', `basis of the direction: ${basisHelp}`)
    .requiredOption(
      '--index <i>',
      'which direction of the basis, as in 12; on a grid also its place x:y, as in 9:7',
    )
    .requiredOption('-o, --out <file>', '.npz file to write: images, labels, direction')
    .option(
      '--sigma <x>',
      'standard deviation of the noise orthogonal to the direction',
      positive,
      3,
    )
    .option('--epsilon <x>', 'distance between the classes along the direction', positive, 1)
    .option('--count <n>', 'number of images', count, 10_000)
    .option('--seed <n>', 'seed for the noise', seed, 0)
    .option('--channels <n>', 'number of image channels', count, 1)
    .option('--size <HxW>', 'size of the images', size, [32, 32])
    .addOption(replaceOption())
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'do not show progress')
    .addHelpText('after', examples)
    .action(async options => (await import('../sets/synth.js')).synth(options));
}

const examples = `
x = (ε/2)·y·v + w, y = ±1 alternating (label 0 for +1), w ~ N(0, σ²(I − vvᵀ)). The file holds images [n, C, H, W]
float32, labels [n] int32, direction [C, H, W] float64, and range [0, 1]: values outside are meant so, and nads train --data reads them.

Examples:
  nads synth --basis fourier:16 --index 9:7 --sigma 3 --epsilon 2 -o set.npz
  nads synth --basis nads:out/lenet --index 100 --count 2000 --seed 1 -o test.npz`;
