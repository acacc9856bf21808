import { Command } from 'commander';
import { seed } from './arguments.js';
import { addSetAlongOptions } from './set-along-options.js';

/** `nads flip`. */
export function flip(): Command {
  const command = new Command('flip')
    .description('Reorders the coefficients of images along directions.')
    .requiredOption('-o, --out <dir>', 'folder for flipped.npz, flipped.svg and .png')
    .option(
      '--order <name>',
      'reverse, shuffle, swap:I,J, keep:K, drop:K or without:LIST',
      'reverse',
    )
    .option('--inverse', 'apply the inverse of the order')
    .option('--seed <n>', 'seed for --order shuffle (default: 0)', seed);
  return addSetAlongOptions(command)
    .addHelpText('after', examples)
    .action(async options => (await import('../sets/flip.js')).flip(options));
}

const examples = `
x' = Uᵀ reverse(U x) in each channel: the last directions get the coefficients of the first ones. The part orthogonal to all
directions is unchanged. keep:K projects onto the first K directions, drop:K removes them, without:12-13,20 removes those listed.
Flip both training and test images.

Examples:
  nads flip --data cifar10-train:data --nads out/lenet --out out/train
  nads flip --data cifar10:data --nads out/lenet --out out/test
  nads train lenet --data out/train/flipped.npz --test-data out/test/flipped.npz --out out/lenet-flipped
  nads flip --data out/test/flipped.npz --nads out/lenet --inverse --out out/back
  nads flip --data mnist:data --basis dct --order keep:64 --out out/smooth`;
