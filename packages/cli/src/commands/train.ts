import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import { dataHelp } from '@nads/study/data-help';
import { addPreprocessingOptions } from './preprocessing-options.js';
import { count, path, positive, seed, threads } from './arguments.js';
import { addDescentOptions, addSeparableOptions, architectureHelp } from './training-options.js';

/** `nads train`. */
export function train(): Command {
  const command = new Command('train')
    .description(
      'Trains a built-in architecture along a direction or on images, and writes it as ONNX.',
    )
    .argument('<architecture>', architectureHelp)
    .requiredOption('--out <dir>', 'folder for model.onnx, history.csv and checkpoint.npz', path)
    .option(
      '--direction <spec>',
      'BASIS@INDEX with a basis as nads sweep takes it, as in fourier:16@9:7',
    )
    .option('--data <spec>', `labelled images instead: ${dataHelp}`)
    .option('--test-data <spec>', 'test images, evaluated after every epoch')
    .addOption(
      new Option('--schedule <name>', 'schedule of the learning rate')
        .choices(['constant', 'linear', 'cosine', 'step'])
        .default('linear'),
    )
    .addOption(new Option('--optimizer <name>').choices(['sgd', 'adam']).default('sgd'))
    .option('--clip <x>', 'clip the norm of all gradients together to this', positive)
    .addOption(
      new Option('--engine <name>', 'one ONNX graph a step, or TensorFlow.js')
        .choices(['onnx', 'tfjs'])
        .default('onnx'),
    )
    .option('--channels <n>', 'channels of images along a direction', count)
    .option('--seed <n>', 'seed of weights, images, their order and dropout', seed, 0)
    .option('--threads <n>', 'threads of the onnx engine', threads, availableParallelism())
    .option('--resume', 'go on from checkpoint.npz')
    .option('--quiet', 'no progress');
  return addPreprocessingOptions(addDescentOptions(addSeparableOptions(command)))
    .addHelpText('after', examples)
    .action(async (architecture: string, options) =>
      (await import('../train/train.js')).train(architecture, options),
    );
}

const examples = `
Examples:
  nads train lenet --direction fourier:16@9:7 --sigma 3 --epsilon 2 --clip 0.5 --out out/lenet
  nads train resnet18 --data cifar10-train:data --test-data cifar10:data --rate 0.21 --momentum 0.9 \\
    --weight-decay 5e-4 --epochs 50 --out out/resnet18
  nads train lenet --data mnist-train:data --test-data mnist:data --size 32 --optimizer adam --rate 1e-3 \\
    --epochs 3 --out out/mnist`;
