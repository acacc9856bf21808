import type { Command } from 'commander';
import { count, nonNegative, positive } from './arguments.js';

/** What `nads train` and `nads sweep` can train; written out here since the packages that know them are slow to load. */
export const architectureHelp =
  'logreg, lenet, vgg11, vgg11-bn, resnet8, resnet20, resnet18 or densenet121';

/** Adds the options of two classes that one direction tells apart. */
export const addSeparableOptions = (command: Command): Command =>
  command
    .option('--sigma <x>', 'standard deviation of the noise across the direction', positive, 3)
    .option('--epsilon <x>', 'distance of the classes along it', positive, 1)
    .option('--train <n>', 'images along the direction to train with', count, 10_000)
    .option('--test <n>', 'others to test with', count, 10_000);

/** Adds the options of stochastic gradient descent; cutting gradients down is each command's own. */
export const addDescentOptions = (command: Command): Command =>
  command
    .option('--epochs <n>', 'how often each image is seen', count, 20)
    .option('--batch <n>', 'images in a step', count, 128)
    .option('--rate <x>', 'learning rate of the first step', positive, 0.5)
    .option('--momentum <x>', 'of SGD, from 0 up to 1', nonNegative, 0)
    .option('--weight-decay <x>', 'added to gradients as that share of weights', nonNegative, 0)
    .option('--no-pooling', 'leave out what makes the image smaller: poolings, strides, averages');
