import { Command } from 'commander';

/** `nads data`. */
export function data(): Command {
  return new Command('data')
    .description('Downloads the official files of a data set and checks them.')
    .argument('<set>', 'cifar10, cifar100 or mnist')
    .option('-o, --out <dir>', 'folder to write to', 'data')
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'do not show progress')
    .addHelpText('after', examples)
    .action(async (set: string, options) => (await import('../sets/data.js')).data(set, options));
}

const examples = `
The MD5 sums of files are compared with the published ones. Without an internet connection it prints which file to put where; existing
files are checked and unpacked.

Examples:
  nads data cifar10 --out data
  nads data cifar100 --out data
  nads data mnist --out data/mnist`;
