import { Command, Option } from 'commander';
import { names, size } from './arguments.js';
import { refuseWithoutEffect, withValue } from './without-effect.js';
import { replaceOption } from './force-option.js';

/** `nads gradient`. */
export function gradient(): Command {
  return refuseWithoutEffect(
    new Command('gradient')
      .description('The derivative of a model as a model that any onnxruntime runs.')
      .argument('<model>', 'an ONNX file, or the name of a model that `nads models` lists')
      .requiredOption('-o, --out <file>', 'ONNX file to write')
      .addOption(
        new Option(
          '--mode <mode>',
          'reverse: vector–Jacobian products, from ∂s/∂output to ∂s/∂input; forward: Jacobian–vector products, from a tangent of the input to that of the output',
        )
          .choices(['reverse', 'forward'])
          .default('reverse'),
      )
      .option(
        '--wrt <names>',
        'differentiate with respect to inputs, parameters, or named values, as in x,fc.weight',
        names,
        ['inputs'],
      )
      .option(
        '--of <names>',
        'outputs or other values to differentiate (default: all outputs)',
        names,
      )
      .option('--keep-outputs', "also return the model's own outputs")
      .option('--size <HxW>', 'image size, if the file leaves it free', size)
      .addOption(
        new Option('--layout <order>', 'order of the image axes').choices(['NCHW', 'NHWC']),
      )
      .addOption(replaceOption())
      .option('-q, --quiet', 'do not say what was written')
      .option('--json', 'print the result as JSON')
      .addHelpText('after', examples)
      .action(async (model: string, options) =>
        (await import('../models/gradient.js')).gradient(model, options),
      ),
    [withValue('--mode', 'forward', ['--keep-outputs'])],
  );
}

const examples = `
With y an output and x an input, the written model takes x and 'seed/y' (∂s/∂y, same shape as y) and returns
'gradient/x' (∂s/∂x, same shape as x). In forward mode it takes x and 'tangent/x' and returns 'tangent/y'.

Examples:
  nads gradient model.onnx -o grad.onnx
  nads gradient model.onnx --wrt parameters --keep-outputs -o grad.onnx
  nads gradient model.onnx --mode forward -o jvp.onnx`;
