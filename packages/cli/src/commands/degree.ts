import { Command } from 'commander';
import { count, seed, size } from './arguments.js';
import { replaceOption } from './force-option.js';

/** `nads degree`. */
export function degree(): Command {
  return new Command('degree')
    .description('The degree of a model as a polynomial of its input, or that it is none.')
    .argument(
      '<model>',
      'an ONNX file, or the name of a model that `nads models` lists, with one input, of images or of any other numbers',
    )
    .option('--output <name>', 'the output (default: all of them)')
    .option(
      '--max-degree <n>',
      'largest degree to look for (default: 16 in double precision, 12 in single precision)',
      count,
    )
    .option('--lines <n>', 'random lines', count, 4)
    .option('--seed <n>', 'seed for the lines', seed, 0)
    .option('--size <HxW>', 'image size, if the file leaves it free', size)
    .option(
      '--coefficients <file>',
      '.npz to write: exponents, coefficients and symmetric tensors T0, T1, …',
    )
    .addOption(replaceOption())
    .option('--json', 'print JSON')
    .option('-q, --quiet', 'do not show progress')
    .addHelpText('after', examples)
    .action(async (model: string, options) =>
      (await import('../models/degree.js')).degree(model, options),
    );
}

const examples = `
Along lines through random points, all differences of order N + 1 and above vanish if the outputs are polynomials of degree N, and
those of order N do not. ReLU, max-pooling and softmax are no polynomials.

Examples:
  nads degree pi-net.onnx
  nads degree small.onnx --coefficients c.npz`;
