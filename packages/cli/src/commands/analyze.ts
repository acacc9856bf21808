import { Command, Option } from 'commander';
import { dataHelp } from '@nads/study/node';
import { addPreprocessingOptions } from './preprocessing-options.js';
import { count, path, seed, threads } from './arguments.js';

/** `nads analyze`. */
export function analyze(): Command {
  const command = new Command('analyze')
    .description(
      "What a trained model's gradients use of the data, beside what its architecture prefers.",
    )
    .argument('<model>', 'an ONNX file')
    .requiredOption('--data <spec>', dataHelp)
    .requiredOption(
      '--out <dir>',
      'folder for analysis.json, analysis.npz, index.html and its pictures',
      path,
    )
    .option('--images <n>', 'how many images, as many of each class as possible', count, 1000)
    .option('--top <k>', 'leading eigenvectors that are written and compared', count, 100)
    .option('--networks <n>', 'fresh networks that the NADs are estimated from', count, 8)
    .option(
      '--nads <dir>',
      'take the NADs of an earlier nads estimate (or a .npy file of rows); none for no comparison',
      path,
    )
    .option(
      '--basis <name>',
      'directions that the NADs are estimated along, as in nads estimate',
      'pixels',
    )
    .option('--seed <n>', 'seed of the choice of images and of the fresh networks', seed, 0)
    .addOption(
      new Option(
        '--class <which>',
        'whose logit; true needs labels, and is usual where there are',
      ).choices(['true', 'predicted']),
    )
    .addOption(
      new Option('--of <values>', 'outputs without or with softmax')
        .choices(['logits', 'outputs'])
        .default('logits'),
    )
    .option('--workers <n>', 'threads that estimate the NADs', threads)
    .option('--batch <n>', 'images in one run', count)
    .option('--quiet', 'no progress');
  return addPreprocessingOptions(command)
    .addHelpText('after', examples)
    .action(async (model: string, options) =>
      (await import('../analyze/analyze.js')).analyze(model, options),
    );
}

const examples = `
Examples:
  nads analyze resnet20.onnx --data cifar10:data --mean .4914,.4822,.4465 --std .247,.243,.261 --out out/resnet20
  nads analyze lenet.onnx --data mnist:data --images 500 --networks 20 --out out/lenet
  nads analyze model.onnx --data photos --nads out/model --top 50 --out out/trained
  nads analyze resnet50.onnx --data photos --size 224 --crop 0.875 --basis dct:16 --out out/resnet50`;
