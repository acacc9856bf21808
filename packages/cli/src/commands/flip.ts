import { Command } from 'commander';
import { path } from './arguments.js';
import { addSetAlongOptions } from './set-along-options.js';

/** `nads flip`. */
export function flip(): Command {
  const command = new Command('flip')
    .description('A set of images with its coefficients along directions in another order.')
    .requiredOption('--out <dir>', 'folder for flipped.npz and flipped.png', path)
    .option(
      '--order <name>',
      'reverse, shuffle, swap:I,J, keep:K, drop:K or without:LIST',
      'reverse',
    )
    .option('--inverse', 'take that order back');
  return addSetAlongOptions(command)
    .addHelpText('after', examples)
    .action(async options => (await import('../images/flip.js')).flip(options));
}

const examples = `
x' = Uᵀ reverse(U x) in each channel: what the first directions carried, the last ones do. What is orthogonal to all
directions stays; keep:K is the projection onto the first K, drop:K takes those away, without:12-13,20 takes these away. Flip the images to train and to test with.

Examples:
  nads flip --data cifar10-train:data --nads out/lenet --out out/train
  nads flip --data cifar10:data --nads out/lenet --out out/test
  nads train lenet --data out/train/flipped.npz --test-data out/test/flipped.npz --out out/lenet-flipped
  nads flip --data out/test/flipped.npz --nads out/lenet --inverse --out out/back
  nads flip --data mnist:data --basis dct --order keep:64 --out out/smooth`;
