import { Command } from 'commander';
import { count, path, positive, seed, size } from './arguments.js';

/** `nads synth`. */
export function synth(): Command {
  return new Command('synth')
    .description('Images of two classes that one direction tells apart, and no other.')
    .requiredOption(
      '--basis <spec>',
      'where the direction comes from: fourier:16, dct:K, random:COUNT, or nads:FILE, as in nads sweep',
    )
    .requiredOption('--index <i>', 'which one of it, as in 12; on a grid also x:y, as in 9:7')
    .requiredOption('-o, --output <file>', '.npz file: images, labels, direction', path)
    .option('--sigma <x>', 'standard deviation of the noise across the direction', positive, 3)
    .option('--epsilon <x>', 'distance of the classes along it', positive, 1)
    .option('--count <n>', 'images', count, 10_000)
    .option('--seed <n>', 'seed of the noise', seed, 0)
    .option('--channels <n>', 'of the images', count, 1)
    .option('--size <HxW>', 'of the images', size, [32, 32])
    .option('--quiet', 'no progress')
    .addHelpText('after', examples)
    .action(async options => (await import('../images/synth.js')).synth(options));
}

const examples = `
x = (ε/2)·y·v + w, y = ±1 in turns (label 0 for +1), w ~ N(0, σ²(I − vvᵀ)). The file holds images [n, C, H, W]
float32, labels [n] int32 and direction [C, H, W] float64.

Examples:
  nads synth --basis fourier:16 --index 9:7 --sigma 3 --epsilon 2 -o set.npz
  nads synth --basis nads:out/lenet --index 100 --count 2000 --seed 1 -o test.npz`;
