import { Command, Option } from 'commander';
import { dataHelp } from '@nads/study/data-help';
import { count, seed, threads } from './arguments.js';
import { basisHelp } from './basis-help.js';
import { ofOption } from './of-option.js';
import { addPreprocessingOptions } from './preprocessing-options.js';
import { forceOption } from './force-option.js';
import { outputOption } from './output-option.js';
import { refuseWithoutEffect, withOption, withoutOption, withValue } from './without-effect.js';

/** `nads analyze`. */
export function analyze(): Command {
  const command = new Command('analyze')
    .description(
      'Compares the gradients of a trained model on images with the NADs of its architecture.',
    )
    .argument('<model>', 'an ONNX file, or the name of a model that `nads models` lists')
    .requiredOption('--data <spec>', dataHelp)
    .requiredOption(
      '-o, --out <dir>',
      'folder for analysis.json, analysis.npz, index.html and its pictures',
    )
    .option('--images <n>', 'number of images, as many of each class as possible', count, 1000)
    .option('--top <k>', 'number of leading eigenvectors that are written and compared', count, 100)
    .option('-n, --networks <n>', 'number of networks that the NADs are estimated from', count, 8)
    .option(
      '--nads <dir>',
      'NADs of an earlier nads estimate (or a .npy file of rows) to compare with; none for no comparison',
    )
    .option('--other-model', 'accept NADs of another model file, such as one of this architecture')
    .option(
      '--basis <spec>',
      `directions that the NADs are estimated along: ${basisHelp}`,
      'pixels',
    )
    .option('--seed <n>', 'seed for choosing images and drawing networks', seed, 0)
    .addOption(
      new Option(
        '--class <which>',
        'class whose logit is differentiated; true needs labels and is the default if there are any',
      ).choices(['true', 'predicted']),
    )
    .addOption(ofOption())
    .option('--workers <n>', 'threads for the estimate of the NADs', threads)
    .addOption(outputOption())
    .option('--batch <n>', 'images per run', count)
    .addOption(forceOption())
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'do not show progress');
  return refuseWithoutEffect(addPreprocessingOptions(command), uses)
    .addHelpText('after', examples)
    .action(async (model: string, options) =>
      (await import('../analyze/analyze.js')).analyze(model, options),
    );
}

const uses = [
  withOption('--nads', ['--networks', '--basis', '--workers']),
  withoutOption('--nads', ['--other-model']),
  withValue('--nads', 'none', ['--other-model']),
];

const examples = `
Examples:
  nads analyze resnet20.onnx --data cifar10:data --mean .4914,.4822,.4465 --std .247,.243,.261 --out out/resnet20
  nads analyze lenet.onnx --data mnist:data --images 500 --networks 20 --out out/lenet
  nads analyze model.onnx --data photos --nads out/model --top 50 --out out/trained
  nads analyze resnet50.onnx --data photos --size 224 --crop 0.875 --basis dct:16 --out out/resnet50`;
