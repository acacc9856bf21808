import { Command } from 'commander';
import { path } from './arguments.js';

/** `nads data`. */
export function data(): Command {
  return new Command('data')
    .description('Gets the official files of a data set and checks them.')
    .argument('<set>', 'cifar10 or mnist')
    .option('--out <dir>', 'folder for them', path, 'data')
    .option('--quiet', 'no progress')
    .addHelpText('after', examples)
    .action(async (set: string, options) => (await import('../images/data.js')).data(set, options));
}

const examples = `
Files are compared with the MD5 sums that are published for them. Without a connection it says what to put where by
hand; files that are there already are checked, and unpacked.

Examples:
  nads data cifar10 --out data
  nads data mnist --out data/mnist`;
