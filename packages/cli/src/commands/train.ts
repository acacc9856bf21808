import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import { dataHelp } from '@nads/study/data-help';
import { addPreprocessingOptions, preprocessingFlags } from './preprocessing-options.js';
import { count, nonNegative, positive, seed, threads } from './arguments.js';
import { addDescentOptions, addSeparableOptions, architectureHelp } from './training-options.js';
import { forceOption } from './force-option.js';
import { refuseWithoutEffect, withOption, withoutOption, withValue } from './without-effect.js';

/** `nads train`. */
export function train(): Command {
  const command = new Command('train')
    .description(
      'Trains a built-in architecture along a direction or on images, and writes it as ONNX.',
    )
    .argument('[architecture]', architectureHelp)
    .option('--list', 'list the built-in architectures')
    .requiredOption(
      '-o, --out <dir>',
      'folder for model.onnx, history.csv, learning.svg and checkpoint.npz',
    )
    .option('--direction <spec>', 'BASIS@INDEX, with a basis as in nads sweep, e.g. fourier:16@9:7')
    .option('--data <spec>', `labelled images, instead of --direction: ${dataHelp}`)
    .option('--test-data <spec>', 'test images, evaluated after every epoch')
    .addOption(
      new Option('--schedule <name>', 'learning-rate schedule')
        .choices(['constant', 'linear', 'cosine', 'step'])
        .default('linear'),
    )
    .addOption(new Option('--optimizer <name>').choices(['sgd', 'adam']).default('sgd'))
    .option(
      '--measure-decay <x>',
      'penalty on the learnt measures of static neural similarity, in place of the L2 penalty',
      nonNegative,
    )
    .addOption(
      new Option('--measure-towards <what>', 'what the penalty pulls measures to')
        .choices(['zero', 'inner-product'])
        .default('inner-product'),
    )
    .option('--clip <x>', 'clip the global gradient norm to this', positive)
    .addOption(
      new Option(
        '--engine <name>',
        'onnx: one ONNX graph per step, on onnxruntime; tfjs: TensorFlow.js',
      )
        .choices(['onnx', 'tfjs'])
        .default('onnx'),
    )
    .option('--channels <n>', 'number of image channels, with --direction', count)
    .option('--seed <n>', 'seed for weights, images, their order and dropout', seed, 0)
    .option(
      '--threads <n>',
      'number of threads of the onnx engine',
      threads,
      availableParallelism(),
    )
    .option('--resume', 'continue from checkpoint.npz')
    .addOption(forceOption())
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'do not show progress');
  return refuseWithoutEffect(
    addPreprocessingOptions(addDescentOptions(addSeparableOptions(command))),
    uses,
  )
    .addHelpText('after', examples)
    .action(async (architecture: string | undefined, options, command: Command) => {
      if (options.list) return (await import('../train/list.js')).listArchitectures();
      if (architecture === undefined)
        command.error("error: missing required argument 'architecture'");
      await (await import('../train/train.js')).train(architecture, options);
    });
}

const uses = [
  withOption('--data', ['--sigma', '--epsilon', '--train', '--test', '--channels']),
  withOption('--direction', ['--test-data', '--layout', ...preprocessingFlags]),
  withoutOption('--measure-decay', ['--measure-towards']),
  withValue('--engine', 'tfjs', ['--threads']),
  withValue('--optimizer', 'adam', ['--momentum']),
];

const examples = `
Examples:
  nads train --list
  nads train lenet --direction fourier:16@9:7 --sigma 3 --epsilon 2 --clip 0.5 --out out/lenet
  nads train resnet18 --data cifar10-train:data --test-data cifar10:data --rate 0.21 --momentum 0.9 \\
    --weight-decay 5e-4 --epochs 50 --out out/resnet18
  nads train lenet --data mnist-train:data --test-data mnist:data --size 32 --optimizer adam --rate 1e-3 \\
    --epochs 3 --out out/mnist`;
