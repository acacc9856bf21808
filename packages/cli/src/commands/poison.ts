import { Command } from 'commander';
import { positive, seed } from './arguments.js';
import { addSetAlongOptions, refuseSeed } from './set-along-options.js';
import { refuseWithoutEffect, type Use } from './without-effect.js';

/** `nads poison`. */
export function poison(): Command {
  const command = new Command('poison')
    .description('Sets one coefficient of each image to a value that identifies its class.')
    .requiredOption(
      '-o, --out <dir>',
      'folder for poisoned.npz, poisoned.svg and .png, carriers.csv',
    )
    .option('--index <i>', 'the first direction that carries a class', seed)
    .option('--carriers <file>', 'carriers.csv with the carrier of each class, instead of --index')
    .option(
      '--epsilon <x>',
      'magnitude of the coefficients, for images from 0 to 1',
      positive,
      0.05,
    );
  return refuseWithoutEffect(refuseSeed(addSetAlongOptions(command)), uses)
    .addHelpText('after', examples)
    .action(async options => (await import('../sets/poison.js')).poison(options));
}

const uses: readonly Use[] = [
  {
    name: 'with --carriers, which hold coefficients',
    isUsed: ({ carriers, index }) => carriers !== undefined && index === undefined,
    options: ['--epsilon'],
  },
];

const examples = `
The coefficient of every image of class t along direction INDEX + ⌊t / 2C⌋ in channel t mod C (of C) is set to ±EPSILON, with
the sign of 2 (t mod 2) − 1; nothing else changes. The file holds images [n, C, H, W] float32, from 0 to 1 or slightly
outside, and labels [n] int32. Test on clean images. carriers.csv lists the carrier of each class; --carriers takes such a table,
with any direction, channel and coefficient for each label.

Examples:
  nads poison --data cifar10-train:data --nads out/lenet --index 0 --epsilon 0.05 --out out/poisoned
  nads train resnet18 --data out/poisoned/poisoned.npz --test-data cifar10:data --rate 0.21 --momentum 0.9 \\
    --weight-decay 5e-4 --epochs 50 --out out/resnet18
  nads poison --data mnist-train:data --basis dct --index 100 --out out/dct`;
