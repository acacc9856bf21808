import { Command } from 'commander';
import { counts } from './arguments.js';

/** `nads compare`. */
export function compare(): Command {
  return new Command('compare')
    .description('How much the subspaces of two sets of directions overlap.')
    .argument('<a>', 'a result folder, its nads.npz, or a .npy file of rows, most preferred first')
    .argument('<b>', 'another')
    .option('--top <k,...>', 'dimensions of the subspaces to compare', counts, [1, 3, 10, 50, 100])
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  nads compare out/lenet LeNet_NADs.npy --top 1,3,10,50,100\n  nads compare out/a out/b --json',
    )
    .action(async (a: string, b: string, options) =>
      (await import('../models/compare.js')).compare(a, b, options),
    );
}
