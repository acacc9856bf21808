import { Command } from 'commander';
import { seed, size } from './arguments.js';
import { replaceOption } from './force-option.js';

/** `nads fold`. */
export function fold(): Command {
  return new Command('fold')
    .description(
      'Stores weights that a graph computes from constants, such as those of neural similarity convolutions.',
    )
    .argument(
      '<model>',
      'an ONNX file, or the name of a model that `nads models` lists, with one input',
    )
    .requiredOption('-o, --out <file>', 'ONNX file to write')
    .option('--seed <n>', 'seed for the inputs that outputs are compared for', seed, 0)
    .option('--size <HxW>', 'image size, if the file leaves it free', size)
    .addOption(replaceOption())
    .option('--json', 'print the result as JSON')
    .addHelpText('after', examples)
    .action(async (model: string, options) =>
      (await import('../models/fold.js')).fold(model, options),
    );
}

const examples = `
Weight norms, masks, scales, low-rank updates and learnt measures become plain weights. Outputs for random inputs must stay the same;
a model without such weights is refused.

Examples:
  nads fold static.onnx -o plain.onnx`;
