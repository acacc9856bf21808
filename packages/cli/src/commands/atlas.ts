import { statSync } from 'node:fs';
import { Command, Option } from 'commander';
import { count, positive, seed, size, threads } from './arguments.js';
import { forceOption } from './force-option.js';
import { outputOption } from './output-option.js';
import { addQueueOptions, queueUse } from './queue-options.js';
import { refuseWithoutEffect, withoutOption } from './without-effect.js';

/** `nads atlas`. */
export function atlas(): Command {
  const command = new Command('atlas')
    .description('Places a model among the architectures of an atlas; lists them without one.')
    .argument(
      '[model]',
      'an ONNX file, the name of a model that `nads models` lists, or a folder that `nads estimate` wrote',
    )
    .option('-o, --out <dir>', 'folder for placement.json and the files of nads estimate')
    .option('-n, --networks <n>', 'number of networks to draw (default: 8)', count)
    .option('--seed <n>', 'seed for all random draws (default: 0; members are of 1 and 2)', seed)
    .option('--step <h>', "step size of secants (default: the atlas's)", positive)
    .option('--init <scheme>', 'as in nads estimate (default: pytorch)')
    .option('--size <HxW>', 'image size, if the file leaves it free or to override it', size)
    .addOption(new Option('--layout <order>', 'order of the image axes').choices(['NCHW', 'NHWC']))
    .addOption(outputOption())
    .option('--data <dir>', 'folder with atlas.npz and atlas.json (default: those of nads)')
    .option('--nearest <n>', 'number of members to print', count, 5)
    .option('--workers <n>', 'number of threads; results do not depend on it', threads)
    .option('--resume', 'continue an earlier run in --out')
    .addOption(forceOption())
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'do not show progress');
  return refuseWithoutEffect(addQueueOptions(command), uses)
    .addHelpText('after', examples)
    .action(async (model: string | undefined, options) =>
      (await import('../atlas/atlas.js')).atlas(model, options),
    );
}

const estimating = [
  '--networks',
  '--seed',
  '--step',
  '--init',
  '--size',
  '--layout',
  '--output',
  '--workers',
  '--queue',
  '--store',
];

const uses = [
  {
    name: 'without a model',
    isUsed: (_: unknown, [model]: readonly unknown[]) => model === undefined,
    options: [...estimating, '--out', '--nearest', '--resume', '--force'],
  },
  {
    name: 'with a finished estimate',
    isUsed: (_: unknown, [model]: readonly unknown[]) =>
      typeof model === 'string' && isFolder(model),
    options: [...estimating, '--out', '--resume', '--force'],
  },
  withoutOption('--out', ['--resume', '--force']),
  queueUse('--workers'),
];

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

const examples = `
Members are ordered by how much of their leading subspace they have in common with the model's, without the noise of both, and by the distance
of Fourier energies. Where noise leaves too little of a subspace, the nearest is not determined: draw more networks.

Examples:
  nads atlas                                  # the members
  nads atlas model.onnx                       # 8 networks, then the nearest members
  nads atlas model.onnx --networks 30 --out out/model
  nads atlas out/model                        # of a finished estimate
  nads atlas model.onnx --data my-atlas       # an atlas of your own`;
