import { Command } from 'commander';
import { dataHelp } from '@nads/study/data-help';
import { count, seed } from './arguments.js';
import { ofOption } from './of-option.js';
import { addPreprocessingOptions } from './preprocessing-options.js';
import { forceOption } from './force-option.js';
import { outputOption } from './output-option.js';
import { providerOption } from './provider-option.js';

/** `nads ntk`. */
export function ntk(): Command {
  const command = new Command('ntk')
    .description('The empirical neural tangent kernel of a model on a set of images.')
    .argument('<model>', 'an ONNX file, or the name of a model that `nads models` lists')
    .requiredOption('--data <spec>', dataHelp)
    .requiredOption('-o, --out <dir>', 'folder for ntk.npz, ntk.json, spectrum.svg')
    .option('--images <n>', 'number of images, as many of each class as possible', count, 100)
    .option(
      '--output-index <k>',
      'kernel of this output only, counted from 0 (default: the sum over all outputs)',
      seed,
    )
    .addOption(ofOption())
    .option('--fresh <seed>', "draw random weights instead of using the file's own", seed)
    .option('--init <scheme>', 'how --fresh draws them, as in nads estimate (default: pytorch)')
    .option('--seed <n>', 'seed for choosing images', seed, 0)
    .addOption(providerOption())
    .addOption(outputOption())
    .option('--memory <MB>', 'memory limit for stored gradients', count, 1024)
    .option('--resume', 'continue an earlier run in this folder')
    .addOption(forceOption())
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'do not show progress');
  return addPreprocessingOptions(command)
    .addHelpText('after', examples)
    .action(async (model: string, options) => (await import('../ntk/ntk.js')).ntk(model, options));
}

const examples = `
K[i, j] = Σ ∂f(x_i)/∂θ · ∂f(x_j)/∂θ over all weights θ, exact, from the gradient at each image. Gradients that do not fit into
--memory are recomputed.

Examples:
  nads ntk resnet20.onnx --data cifar10:data --mean .4914,.4822,.4465 --std .247,.243,.261 --out out/resnet20
  nads ntk lenet.onnx --data mnist:data --images 200 --fresh 1 --out out/lenet
  nads ntk model.onnx --data photos --output-index 0 --memory 4096 --out out/model`;
