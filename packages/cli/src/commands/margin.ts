import { Command } from 'commander';
import { dataHelp } from '@nads/study/data-help';
import { count, positive, seed, several } from './arguments.js';
import { basisHelp } from './basis-help.js';
import { ofOption } from './of-option.js';
import { addPreprocessingOptions } from './preprocessing-options.js';
import { forceOption } from './force-option.js';
import { addQueueOptions } from './queue-options.js';
import { outputOption } from './output-option.js';
import { providerOption } from './provider-option.js';
import { refuseWithoutEffect, withOption } from './without-effect.js';

/** `nads margin`. */
export function margin(): Command {
  const command = new Command('margin')
    .description('Distances to the decision boundaries of a trained model along blocks of a basis.')
    .argument('<model>', 'an ONNX file, or the name of a model that `nads models` lists')
    .requiredOption('--data <spec>', dataHelp)
    .requiredOption('-o, --out <dir>', 'folder for margins.csv, blocks.csv and margins.svg')
    .option('--basis <spec>', `directions: ${basisHelp}`, 'dct')
    .option('--block <n>', 'directions in a block', count, 16)
    .option('--blocks <list>', 'only these blocks, as in 0,5 or 0-63:4 (default: all)')
    .option('--images <n>', 'number of images, as many of each class as possible', count, 64)
    .option('--classes <n>', 'number of most likely classes to consider', several, 10)
    .option('--overshoot <x>', 'relative overshoot of perturbations', positive, 0.02)
    .option('--iterations <n>', 'maximum number of steps of a search', count, 100)
    .option('--perturbations', 'also write the perturbations, as perturbations.npz')
    .option('--seed <n>', 'seed for choosing images', seed, 0)
    .addOption(ofOption())
    .addOption(providerOption())
    .addOption(outputOption())
    .option('--batch <n>', 'images per run', count)
    .option('--resume', 'continue an earlier run in this folder')
    .addOption(forceOption())
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'do not show progress');
  return refuseWithoutEffect(addQueueOptions(addPreprocessingOptions(command)), uses)
    .addHelpText('after', examples)
    .action(async (model: string, options) =>
      (await import('../margin/margin.js')).margin(model, options),
    );
}

const uses = [withOption('--queue', ['--provider'])];

const examples = `
DeepFool restricted to the span of each block, in every channel: the smallest perturbation found that changes the decision,
with its norm in units of pixels from 0 (black) to 1 (white).

Examples:
  nads margin resnet20.onnx --data cifar10:data --mean .4914,.4822,.4465 --std .247,.243,.261 --basis nads:out/resnet20 \\
    --block 16 --out out/margins
  nads margin lenet.onnx --data mnist:data --basis dct --block 64 --images 200 --out out/dct
  nads margin lenet.onnx --data mnist:data --images 2000 --queue redis://queue:6379 --store /mnt/nads --out out/many`;
