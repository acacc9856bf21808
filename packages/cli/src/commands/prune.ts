import { Command, Option } from 'commander';
import { dataHelp } from '@nads/study/data-help';
import { belowOne, count, countOrNone, nonNegative, positive, seed, share } from './arguments.js';
import { addPreprocessingOptions, preprocessingFlags } from './preprocessing-options.js';
import { refuseWithoutEffect, withoutOption, type Use } from './without-effect.js';
import { replaceOption } from './force-option.js';
import { outputOption } from './output-option.js';
import { providerOption } from './provider-option.js';

/** `nads prune`. */
export function prune(): Command {
  const command = new Command('prune')
    .description('A smaller model: the channels that matter least are removed from the file.')
    .argument('<model>', 'an ONNX file')
    .option('-o, --out <file>', 'ONNX file to write')
    .option('--remove <share>', 'share of the channels that can go, as in 30%', share)
    .option('--macs <share>', 'share of the multiply–accumulates to save, as in 40%', share)
    .option('--until <loss>', 'remove channels as long as the loss stays below', positive)
    .option('--data <spec>', `images with labels to measure on: ${dataHelp}`)
    .addOption(
      new Option(
        '--criterion <name>',
        'how much a channel matters (default: diagonal with --data and up to 100 classes, first-order for more, magnitude without)',
      ).choices([
        'diagonal',
        'first-order',
        'per-example',
        'row',
        'row-layer',
        'weight-taylor',
        'scale',
        'magnitude',
        'random',
      ]),
    )
    .option('--rounds <n>', 'rounds of measuring and removing (default: 5)', count)
    .option('--momentum <m>', 'weight of importance in earlier rounds (default: 0.9)', belowOne)
    .option('--round <n>', 'leave multiples of so many channels, which run fast, as in 8', count)
    .option('--batch <n>', 'images in a minibatch (default: 32)', count)
    .option('--images <n>', 'images to measure on, the first ones (default: 512)', count)
    .option('--fine-tune <epochs>', 'train what is left in the end (default: 0)', countOrNone)
    .option('--between <epochs>', 'train between rounds, too (default: 0)', countOrNone)
    .option(
      '--learning-rate <x>',
      'of the first step of each training (default: 0.01)',
      nonNegative,
    )
    .option('--weight-decay <x>', 'L2 penalty of training (default: 0)', nonNegative)
    .option('--train-batch <n>', 'images in a step of training (default: 64)', count)
    .addOption(
      new Option(
        '--batch-norm <mode>',
        'in training: by the mean and variance of the batch, or by those on file (default: training)',
      ).choices(['training', 'evaluation']),
    )
    .option(
      '--validation-data <spec>',
      'other images to measure loss and accuracy on (default: those of importance; a tenth held out if there is training)',
    )
    .addOption(
      new Option(
        '--weights <which>',
        "the file's own, or fresh random ones (default: file)",
      ).choices(['file', 'fresh']),
    )
    .option('--init <init>', 'how fresh weights are drawn, as in nads estimate (default: pytorch)')
    .option('--seed <n>', 'seed of random criterion, fresh weights and training (default: 0)', seed)
    .option('--groups <file>', 'write which channels go together, as JSON')
    .option('--importance <file>', 'write the importance of every channel, as CSV')
    .option(
      '--report <dir>',
      'folder for what was removed where, as prune.json and removed.svg; a name in .json: that file alone',
    )
    .option('--oracle', 'remove each channel by itself and compare the criteria with the loss')
    .addOption(providerOption())
    .addOption(outputOption())
    .addOption(replaceOption())
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'do not show progress');
  return refuseWithoutEffect(addPreprocessingOptions(command), uses)
    .addHelpText('after', examples)
    .action(async (model: string, options) =>
      (await import('../prune/prune.js')).prune(model, options),
    );
}

/** All that a model is run for. */
const measuring = ['remove', 'macs', 'until', 'oracle', 'out', 'report', 'importance'];

const uses: readonly Use[] = [
  {
    name: 'with --groups alone',
    isUsed: values =>
      values.groups !== undefined && measuring.every(name => values[name] === undefined),
    options: ['--provider'],
  },
  withoutOption('--data', ['--images', '--batch', '--validation-data', ...preprocessingFlags]),
];

const examples = `
Which channels can only go together follows from the graph; groups that cannot be pruned stay, and are named with the reason. The new
file has the same inputs, outputs and opset.

Examples:
  nads prune model.onnx --remove 30% -o small.onnx
  nads prune model.onnx --data cifar10-train:data --macs 40% --round 8 -o small.onnx --report out/small
  nads prune model.onnx --data cifar10-train:data --until 0.5 -o small.onnx
  nads prune model.onnx --data cifar10-train:data --macs 50% --fine-tune 3 --validation-data cifar10:data -o small.onnx
  nads prune model.onnx --groups groups.json
  nads prune model.onnx --data cifar10-train:data --oracle`;
