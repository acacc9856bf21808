import { Command, InvalidArgumentError, Option } from 'commander';
import { dataHelp } from '@nads/study/data-help';
import { count, indices, positive, seed } from './arguments.js';
import { forceOption } from './force-option.js';
import { ofOption } from './of-option.js';
import { outputOption } from './output-option.js';
import { addPreprocessingOptions } from './preprocessing-options.js';

/** `nads elasticity`. */
export function elasticity(): Command {
  const command = new Command('elasticity')
    .description('How alike images are to a network: local elasticity, and the clusters it makes.')
    .argument('<model>', 'an ONNX file, or the name of a model that `nads models` lists')
    .requiredOption('--data <spec>', dataHelp)
    .addOption(
      new Option('--loss <loss>', 'what a step of training lowers')
        .choices(['squared', 'logistic', 'cross-entropy'])
        .makeOptionMandatory(),
    )
    .requiredOption(
      '-o, --out <dir>',
      'folder for elasticity.npz, elasticity.json, similarities.svg',
    )
    .option('--images <n>', 'number of images, as many of each class as possible', count, 200)
    .option('--classes <k,...>', 'images of these classes only', indices)
    .option(
      '--primary <k,...>',
      'classes that are clustered, and whose target is 1 where there is one output',
      indices,
    )
    .option('--output-index <k>', 'this output only, counted from 0 (default: all)', seed)
    .addOption(ofOption())
    .option('--eta <x,...>', 'compare with real steps of SGD of these lengths', lengths)
    .option('--clusters <n>', 'clusters to look for (default: the number of classes)', count)
    .option('--restarts <n>', 'runs of each clustering from other seeds', count, 10)
    .option('--components <n>', 'principal components of pixels, for comparison', count, 10)
    .addOption(
      new Option('--weights <which>', "the file's own, or fresh random ones")
        .choices(['file', 'fresh'])
        .default('file'),
    )
    .option('--repeats <n>', 'fresh networks, for standard errors (default: 1)', count)
    .option(
      '--init <scheme>',
      'how fresh weights are drawn, as in nads estimate (default: pytorch)',
    )
    .option('--seed <n>', 'seed of fresh weights and of clusters', seed, 0)
    .option('--sample <seed>', 'seed for choosing images', seed, 0)
    .addOption(outputOption())
    .option('--memory <MB>', 'memory limit for gradients that are kept', count, 512)
    .option('--resume', 'continue an earlier run in this folder')
    .addOption(forceOption())
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'do not show progress');
  return addPreprocessingOptions(command)
    .addHelpText('after', examples)
    .action(async (model: string, options) =>
      (await import('../elasticity/elasticity.js')).elasticity(model, options),
    );
}

/** Numbers above 0, as in '0.1,0.001'. */
function lengths(text: string): number[] {
  const all = text.split(',').map(positive);
  if (new Set(all).size < all.length) throw new InvalidArgumentError('Expected different numbers.');
  return all;
}

const examples = `
S_ker(x, x') is the change of the output at x' by a step of SGD at x, divided by the step along the output at x, in the limit
of small steps: the inner product of gradients by all weights. S_rel(x, x') is the change at x' as a share of that at x.

Examples:
  nads elasticity net.onnx --data mnist:data --classes 5,8,9 --primary 5,8 --loss squared --out out/elastic
  nads elasticity net.onnx --data mnist:data --loss cross-entropy --eta 0.1,0.01,0.001 --images 60 --out out/steps
  nads elasticity lenet --data mnist:data --loss logistic --output-index 0 --weights fresh --repeats 5 --out out/fresh`;
