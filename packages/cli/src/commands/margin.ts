import { Command, Option } from 'commander';
import { dataHelp } from '@nads/study/node';
import { addPreprocessingOptions } from './preprocessing-options.js';
import { count, path, positive, seed, several } from './arguments.js';

/** `nads margin`. */
export function margin(): Command {
  const command = new Command('margin')
    .description('How far the decision boundaries of a trained model are along blocks of a basis.')
    .argument('<model>', 'an ONNX file')
    .requiredOption('--data <spec>', dataHelp)
    .requiredOption('--out <dir>', 'folder for margins.csv, blocks.csv and margins.svg', path)
    .option(
      '--basis <spec>',
      'nads:FILE (a result folder, its nads.npz, or .npy rows), dct or fourier (lowest frequency first), random:COUNT',
      'dct',
    )
    .option('--block <n>', 'directions in a block', count, 16)
    .option('--blocks <list>', 'only these blocks: 0,5 or 0-63:4; all if not given')
    .option('--images <n>', 'how many images, as many of each class as possible', count, 64)
    .option('--classes <n>', 'classes that are tried, the likeliest first', several, 10)
    .option('--overshoot <x>', 'by what share a perturbation is lengthened', positive, 0.02)
    .option('--iterations <n>', 'steps after which an image counts as not misled', count, 100)
    .option('--perturbations', 'write them too, as perturbations.npz')
    .option('--seed <n>', 'of the choice of images, and of random directions', seed, 0)
    .addOption(
      new Option('--of <values>', 'outputs without or with softmax')
        .choices(['logits', 'outputs'])
        .default('logits'),
    )
    .option('--batch <n>', 'images in one run', count)
    .option('--quiet', 'no progress');
  return addPreprocessingOptions(command)
    .addHelpText('after', examples)
    .action(async (model: string, options) =>
      (await import('../margin/margin.js')).margin(model, options),
    );
}

const examples = `
DeepFool within the span of each block, in every channel: the smallest perturbation found that changes the decision, its norm
measured by pixels from 0, black, to 1.

Examples:
  nads margin resnet20.onnx --data cifar10:data --mean .4914,.4822,.4465 --std .247,.243,.261 --basis nads:out/resnet20 \\
    --block 16 --out out/margins
  nads margin lenet.onnx --data mnist:data --basis dct --block 64 --images 200 --out out/dct`;
