import { Command, Option } from 'commander';
import { count, indices, positive, size } from './arguments.js';
import { outputOption } from './output-option.js';
import { providerOption } from './provider-option.js';
import { refuseWithoutEffect, type Use } from './without-effect.js';
import { replaceOption } from './force-option.js';

/** `nads probe`. */
export function probe(): Command {
  return refuseWithoutEffect(
    new Command('probe')
      .description('Secants or exact gradients of a model with its own weights, at given points.')
      .argument('<model>', 'an ONNX file, or the name of a model that `nads models` lists')
      .requiredOption('--points <file>', 'points, .npy [n, C, H, W]')
      .requiredOption(
        '-o, --out <file>',
        '.npy to write, float32: secants [n, outputs or features, C·H·W], gradients [n, outputs or features, C, H, W]',
      )
      .addOption(
        new Option('--probe <what>', 'wide central differences, or exact gradients')
          .choices(['secant', 'gradient'])
          .default('secant'),
      )
      // what --probe was called here before it had one name in all commands
      .addOption(
        new Option('--kind <what>').choices(['secant', 'gradient']).conflicts('probe').hideHelp(),
      )
      .option(
        '--outputs <list>',
        'which outputs, counted from 0, as in 0,1 (default: all)',
        indices,
      )
      .option(
        '--step <h>',
        'step size h of a secant, (f(x + h·e) − f(x − h·e)) / 2h',
        positive,
        100,
      )
      .addOption(
        new Option('--of <values>', 'what to probe')
          .choices(['outputs', 'features'])
          .default('outputs'),
      )
      .option('--size <HxW>', 'image size, if the file leaves it free', size)
      .addOption(
        new Option('--layout <order>', 'order of the image axes').choices(['NCHW', 'NHWC']),
      )
      .addOption(providerOption())
      .addOption(outputOption())
      .option('--batch <n>', 'images per run', count)
      .addOption(replaceOption())
      .option('--json', 'print the result as JSON')
      .option('-q, --quiet', 'do not show progress')
      .addHelpText(
        'after',
        '\nExamples:\n  nads probe model.onnx --points x.npy --step 100 -o secants.npy\n  nads probe model.onnx --points x.npy --of features -o features.npy\n  nads probe model.onnx --points x.npy --probe gradient --outputs 0,1 -o g.npy',
      )
      .action(async (model: string, { kind, ...options }) =>
        (await import('../models/probe.js')).probe(model, {
          ...options,
          probe: kind ?? options.probe,
        }),
      ),
    uses,
  );
}

const uses: readonly Use[] = [
  {
    name: 'with --probe gradient',
    isUsed: ({ kind, probe }) => (kind ?? probe) === 'gradient',
    options: ['--step'],
  },
];
