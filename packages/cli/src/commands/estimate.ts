import { Command, Option } from 'commander';
import { basisHelp } from './basis-help.js';
import { count, countOrNone, fraction, positive, seed, size, threads } from './arguments.js';
import { forceOption } from './force-option.js';
import { outputOption } from './output-option.js';
import { providerOption } from './provider-option.js';
import { addQueueOptions, queueUse } from './queue-options.js';
import { refuseWithoutEffect, withOption, withValue } from './without-effect.js';

/** `nads estimate`. */
export function estimate(): Command {
  const command = new Command('estimate')
    .description("Neural anisotropy directions of a model's architecture, with fresh weights.")
    .argument('<model>', 'an ONNX file, or the name of a model that `nads models` lists')
    .requiredOption(
      '-o, --out <dir>',
      'folder for nads.npz, nads.json, gallery.svg and .png, spectrum.svg',
    )
    .option('-n, --networks <n>', 'number of networks to draw', count)
    .option(
      '--until <overlap>',
      'draw networks until the half-split overlap of the top subspace reaches this',
      fraction,
    )
    .option('--top <k>', 'dimension of the subspace used by --until (default: 10)', count)
    .option('--max-networks <n>', 'maximum number of networks for --until (default: 1000)', count)
    .option('--seed <n>', 'seed for all random draws', seed, 0)
    .addOption(
      new Option(
        '--probe <what>',
        'wide secants; exact gradients at the point; or the mixed derivative ∂²f/∂θ∂x of one network',
      )
        .choices(['secant', 'gradient', 'mixed'])
        .default('secant'),
    )
    .option(
      '--step <h>',
      'step size h of a secant, (f(x + h·d) − f(x − h·d)) / 2h (default: 100)',
      positive,
    )
    .option(
      '--init <scheme>',
      'pytorch, he-fan-in, he-fan-out, glorot, lecun, orthogonal, like-file; or per kind, as in conv=he-fan-out,linear=pytorch; a factor for weights of a name, as in *.m2.weight=0.001',
      'pytorch',
    )
    .addOption(
      new Option('--head <how>', 'last layer: averaged over exactly, or sampled')
        .choices(['auto', 'marginalised', 'sampled', 'outputs'])
        .default('auto'),
    )
    .addOption(
      new Option('--symmetry <how>', 'average over the symmetries of the graph')
        .choices(['auto', 'none'])
        .default('auto'),
    )
    .option('--basis <name>', `directions to probe: ${basisHelp}`, 'pixels')
    .addOption(
      new Option(
        '--point <file>',
        'fixed points, .npy [C, H, W] or [n, C, H, W]; drawn from N(0, I) otherwise',
      ).conflicts('points'),
    )
    .option('--points <n>', 'number of points to draw and average over', count, 1)
    .option(
      '--save <k>',
      'number of NADs to write (default: all of up to 1536 directions, otherwise 256, fewer for large images; 32 for mixed)',
      count,
    )
    .option('--size <HxW>', 'image size, if the file leaves it free or to override it', size)
    .addOption(
      new Option(
        '--layout <order>',
        'order of the image axes, if the graph does not determine it',
      ).choices(['NCHW', 'NHWC']),
    )
    .option('--tails <n>', 'draws of the layers after the last convolution for each network', count)
    .option(
      '--further <n>',
      'further networks per network that are probed in the middle of the image only, to lower the variance (default: 4 for pixels of networks whose features are averages over space, else 0)',
      countOrNone,
    )
    .addOption(
      new Option(
        '--local <mode>',
        'run convolutions on crops where a probe changes a small place only; same results up to rounding',
      ).choices(['auto', 'none']),
    )
    .option('--workers <n>', 'number of threads; results do not depend on it', threads)
    .addOption(providerOption())
    .addOption(outputOption())
    .option('--batch <n>', 'images per run', count)
    .option('--resume', 'continue an earlier run in this folder')
    .addOption(forceOption())
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'do not show progress');
  return refuseWithoutEffect(addQueueOptions(command), uses)
    .addHelpText('after', examples)
    .action(async (model: string, options) =>
      options.probe === 'mixed'
        ? (await import('../estimate/estimate-mixed.js')).estimateMixed(model, options)
        : (await import('../estimate/estimate.js')).estimate(model, options),
    );
}

const uses = [
  withOption('--networks', ['--top', '--max-networks']),
  withValue('--probe', 'mixed', [
    '--symmetry',
    '--top',
    '--max-networks',
    '--batch',
    '--queue',
    '--store',
  ]),
  queueUse('--workers'),
  withOption('--queue', ['--provider']),
  withValue('--probe', 'gradient', ['--local']),
];

const examples = `
Without --networks or --until it runs as with --until 0.95.

Examples:
  nads estimate lenet.onnx --out out/lenet
  nads estimate lenet.onnx --networks 100 --seed 1 --out out/lenet
  nads estimate vgg11.onnx --init conv=he-fan-out,linear=pytorch --until 0.9 --top 10 --out out/vgg
  nads estimate resnet50.onnx --basis dct:16 --size 224 --networks 4 --out out/resnet50
  nads estimate lenet.onnx --networks 300 --resume --out out/lenet
  nads estimate lenet.onnx --networks 10000 --queue redis://queue:6379 --store /mnt/nads --out out/lenet
  nads estimate lenet.onnx --probe gradient --networks 100 --out out/gradient
  nads estimate lenet.onnx --probe mixed --save 50 --seed 1 --out out/mixed

Exit codes: 0; 1 where no network responds; 2 for bad input; 3 where --until was not reached within --max-networks
(results are written, and say so).`;
