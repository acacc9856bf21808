import { Command, InvalidArgumentError } from 'commander';
import { count, names, positive, seed, several } from './arguments.js';
import { ofOption } from './of-option.js';
import { addPreprocessingOptions } from './preprocessing-options.js';
import { forceOption } from './force-option.js';
import { outputOption } from './output-option.js';
import { providerOption } from './provider-option.js';
import { refuseWithoutEffect, type Use } from './without-effect.js';

const methods = ['gradient', 'gradient-x-input', 'integrated', 'smooth'];

/** `nads saliency`. */
export function saliency(): Command {
  const command = new Command('saliency')
    .description('Saliency maps: which pixels of a picture an output of a model depends on.')
    .argument('<model>', 'an ONNX file, or the name of a model that `nads models` lists')
    .requiredOption('--image <files...>', 'PNG or JPEG pictures')
    .requiredOption(
      '-o, --out <dir>',
      'folder for a .png and a .npy for each method, and saliency.json',
    )
    .option('--output-index <k>', 'which output, counted from 0 (default: the largest)', seed)
    .option(
      '--method <names>',
      `${methods.join(', ')}; or several, as in a,b`,
      someMethods,
      methods,
    )
    .option('--steps <n>', 'number of gradients in integrated gradients', several, 128)
    .option(
      '--baseline <image>',
      'baseline of integrated gradients: zero (a black picture, preprocessed), mean (each channel filled with its own mean), or a .npy file [C, H, W] in preprocessed space',
      'zero',
    )
    .option('--samples <n>', 'number of noisy copies that smooth averages over', count, 50)
    .option(
      '--noise <share>',
      'standard deviation of that noise, as a share of the range of the preprocessed picture',
      positive,
      0.1,
    )
    .option('--seed <n>', 'seed for that noise', seed, 0)
    .addOption(ofOption())
    .addOption(providerOption())
    .addOption(outputOption())
    .option('--batch <n>', 'images per run', count)
    .addOption(forceOption())
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'do not show progress');
  return refuseWithoutEffect(addPreprocessingOptions(command), uses)
    .addHelpText('after', examples)
    .action(async (model: string, options) =>
      (await import('../saliency/saliency.js')).saliency(model, options),
    );
}

function someMethods(text: string): string[] {
  const wanted = names(text);
  const unknown = wanted.find(name => !methods.includes(name));
  if (unknown !== undefined)
    throw new InvalidArgumentError(
      `Unknown method '${unknown}'; expected one of ${methods.join(', ')}.`,
    );
  return [...new Set(wanted)];
}

const without = (method: string, options: readonly string[]): Use => ({
  name: `without --method ${method}`,
  isUsed: ({ method: chosen }) => !(chosen as readonly string[]).includes(method),
  options,
});

const uses = [
  without('integrated', ['--steps', '--baseline']),
  without('smooth', ['--samples', '--noise', '--seed']),
];

const examples = `
Examples:
  nads saliency model.onnx --image cat.png --out out/cat
  nads saliency resnet20.onnx --image cat.png dog.png --mean .4914,.4822,.4465 --std .247,.243,.261 --out out
  nads saliency model.onnx --image cat.jpg --size 224 --crop 0.875 --method integrated --steps 256 \\
    --baseline mean --output-index 3 --out out/cat`;
