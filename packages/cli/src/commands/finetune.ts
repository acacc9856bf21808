import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import { dataHelp } from '@nads/study/data-help';
import { belowOne, count, nonNegative, positive, seed, share, threads } from './arguments.js';
import { forceOption } from './force-option.js';
import { addPreprocessingOptions } from './preprocessing-options.js';
import { refuseWithoutEffect, type Use } from './without-effect.js';

/** `nads finetune`. */
export function finetune(): Command {
  const command = new Command('finetune')
    .description('Trains a model of a file further, from its own weights, and writes it as ONNX.')
    .argument('<model>', 'an ONNX file')
    .requiredOption(
      '-o, --out <dir>',
      'folder for model.onnx, history.csv, learning.svg and checkpoint.npz',
    )
    .requiredOption('--data <spec>', `labelled images: ${dataHelp}`)
    .option('--validation <share>', 'share of the images that is held out (default: 10%)', share)
    .option('--no-validation', 'hold out none')
    .option('--validation-data <spec>', 'other images to validate on')
    .addOption(
      new Option(
        '--keep <weights>',
        'of the epoch that is best on validation images, or of the last one (default: best with such)',
      ).choices(['best', 'last']),
    )
    .option('--epochs <n>', 'passes over the training images (default: 5)', count)
    .option('--batch <n>', 'images in a step (default: 64)', count)
    .option(
      '--learning-rate <x>',
      'of the first step; 0 changes nothing (default: 0.01)',
      nonNegative,
    )
    .addOption(
      new Option('--schedule <name>', 'of the learning rate (default: cosine, down to 0)').choices([
        'constant',
        'cosine',
      ]),
    )
    .option('--momentum <x>', 'of SGD, at least 0 and below 1 (default: 0.9)', belowOne)
    .option('--weight-decay <x>', 'L2 penalty (default: 0)', nonNegative)
    .option('--clip <x>', 'clip the global gradient norm to this', positive)
    .addOption(
      new Option(
        '--batch-norm <mode>',
        'by the mean and variance of the batch, averaged on the way, or by those on file (default: training)',
      ).choices(['training', 'evaluation']),
    )
    .option('--seed <n>', 'of the order of images and of those held out (default: 0)', seed)
    .option('--threads <n>', 'threads of onnxruntime', threads, availableParallelism())
    .option('--resume', 'continue from checkpoint.npz')
    .addOption(forceOption())
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'do not show progress');
  return refuseWithoutEffect(addPreprocessingOptions(command), uses)
    .addHelpText('after', examples)
    .action(async (model: string, options) =>
      (await import('../finetune/finetune.js')).finetune(model, options),
    );
}

const uses: readonly Use[] = [
  {
    name: 'with --validation-data',
    isUsed: ({ validation, validationData }) =>
      validationData !== undefined && validation !== false,
    options: ['--validation'],
  },
  {
    name: 'with --learning-rate 0',
    isUsed: ({ learningRate }) => learningRate === 0,
    options: ['--schedule', '--momentum', '--weight-decay', '--clip', '--batch-norm'],
  },
];

const examples = `
By the cross-entropy of the model's logits, a softmax behind them left out. The new file has the same inputs, outputs, opset and names.

Examples:
  nads finetune model.onnx --data cifar10-train:data --epochs 10 --out out/tuned
  nads finetune small.onnx --data cifar10-train:data --validation-data cifar10:data --learning-rate 0.02 --out out/small
  nads finetune model.onnx --data images.npz --batch-norm evaluation --batch 8 --out out/tuned`;
