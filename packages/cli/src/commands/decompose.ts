import { Command } from 'commander';
import { addSetAlongOptions, refuseSeed } from './set-along-options.js';

/** `nads decompose`. */
export function decompose(): Command {
  const command = new Command('decompose')
    .description(
      'Energy of a data set along each direction, and how well each direction separates its classes.',
    )
    .requiredOption(
      '-o, --out <dir>',
      'folder for decomposition.csv, energy.svg and separability.svg',
    );
  return refuseSeed(addSetAlongOptions(command))
    .addHelpText('after', examples)
    .action(async options => (await import('../sets/decompose.js')).decompose(options));
}

const examples = `
For each direction: energy E c² and variance of the coefficient c, summed over channels, for images from 0 to 1; its
share of the total energy; Fisher's ratio, the variance of class means over the variance within classes; the energy of each class.

Examples:
  nads decompose --data cifar10-train:data --nads out/lenet --out out/energy
  nads decompose --data photos --size 64 --basis dct --out out/energy`;
