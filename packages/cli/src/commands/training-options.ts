import type { Command } from 'commander';
import { belowOne, count, nonNegative, positive } from './arguments.js';

/** Architectures for `nads train` and `nads sweep`; written out here since the packages that know them are slow to load. */
export const architectureHelp =
  'one of nads train --list, as in lenet or resnet20, or cell:CELL with a cell of NAS-Bench-201';

/** Adds the options of two classes that differ along one direction. */
export const addSeparableOptions = (command: Command): Command =>
  command
    .option(
      '--sigma <x>',
      'standard deviation of the noise orthogonal to the direction',
      positive,
      3,
    )
    .option('--epsilon <x>', 'distance between the classes along the direction', positive, 1)
    .option('--train <n>', 'number of training images along the direction', count, 10_000)
    .option('--test <n>', 'number of test images along the direction', count, 10_000);

/** Adds the options of stochastic gradient descent; clipping is each command's own. */
export const addDescentOptions = (command: Command): Command =>
  command
    .option('--epochs <n>', 'passes over the training images', count, 20)
    .option('--batch <n>', 'batch size', count, 128)
    .option('--rate <x>', 'initial learning rate', positive, 0.5)
    .option('--momentum <x>', 'momentum of SGD, at least 0 and below 1', belowOne, 0)
    .option(
      '--weight-decay <x>',
      'L2 penalty: this times the weights is added to the gradients',
      nonNegative,
      0,
    )
    .option('--no-pooling', 'remove all downsampling: pooling, strides, averages');
