import { Command } from 'commander';
import { path } from './arguments.js';
import { addSetAlongOptions } from './set-along-options.js';

/** `nads decompose`. */
export function decompose(): Command {
  const command = new Command('decompose')
    .description('How much of a set lies along each direction, and which tell its classes apart.')
    .requiredOption(
      '--out <dir>',
      'folder for decomposition.csv, energy.svg and separability.svg',
      path,
    );
  return addSetAlongOptions(command)
    .addHelpText('after', examples)
    .action(async options => (await import('../images/decompose.js')).decompose(options));
}

const examples = `
For each direction: energy E c² and variance of the coefficient c, summed over channels, images being from 0 to 1; the
share of all energy; Fisher's ratio, the variance of class means over that within classes; the energy of each class.

Examples:
  nads decompose --data cifar10-train:data --nads out/lenet --out out/energy
  nads decompose --data photos --size 64 --basis dct --out out/energy`;
