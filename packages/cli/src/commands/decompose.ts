import { Command } from 'commander';
import { dataHelp } from '../open-data.js';
import { path, seed, size } from './arguments.js';

/** `nads decompose`. */
export function decompose(): Command {
  return new Command('decompose')
    .description('How much of a set lies along each direction, and which tell its classes apart.')
    .requiredOption('--data <spec>', dataHelp)
    .requiredOption(
      '--out <dir>',
      'folder for decomposition.csv, energy.svg and separability.svg',
      path,
    )
    .option('--nads <file>', 'a result folder, its nads.npz, or .npy rows', path)
    .option('--basis <spec>', 'other directions instead: dct, fourier or random:COUNT')
    .option('--size <HxW>', 'size that images are brought to', size)
    .option('--seed <n>', 'of random directions', seed, 0)
    .option('--quiet', 'no progress')
    .addHelpText('after', examples)
    .action(async options => (await import('../decompose.js')).decompose(options));
}

const examples = `
For each direction: energy E c² and variance of the coefficient c, summed over channels, images being from 0 to 1; the
share of all energy; Fisher's ratio, the variance of class means over that within classes; the energy of each class.

Examples:
  nads decompose --data cifar10-train:data --nads out/lenet --out out/energy
  nads decompose --data photos --size 64 --basis dct --out out/energy`;
