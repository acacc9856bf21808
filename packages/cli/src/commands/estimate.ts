import { Command, Option } from 'commander';
import { count, fraction, path, positive, seed, size, threads } from './arguments.js';

/** `nads estimate`. */
export function estimate(): Command {
  return new Command('estimate')
    .description("Neural anisotropy directions of a model's architecture, with fresh weights.")
    .argument('<model>', 'an ONNX file')
    .requiredOption(
      '--out <dir>',
      'folder for nads.npz, nads.json, gallery.png, spectrum.svg',
      path,
    )
    .option('--networks <n>', 'how many networks to draw', count)
    .option(
      '--until <overlap>',
      'draw until the half-split overlap of the top subspace reaches this',
      fraction,
    )
    .option('--top <k>', 'dimension of the subspace that --until looks at', count, 10)
    .option('--max-networks <n>', 'where --until gives up', count, 1000)
    .option('--seed <n>', 'seed of all random draws', seed, 0)
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
      'pytorch, he-fan-in, he-fan-out, glorot, lecun, orthogonal, like-file; or per kind, as in conv=he-fan-out,linear=pytorch',
      'pytorch',
    )
    .addOption(
      new Option('--head <how>', 'last layer: averaged over exactly, or drawn')
        .choices(['auto', 'marginalised', 'sampled', 'outputs'])
        .default('auto'),
    )
    .addOption(
      new Option('--symmetry <how>', 'average over the symmetries of the graph')
        .choices(['auto', 'none'])
        .default('auto'),
    )
    .option(
      '--basis <name>',
      'directions to probe: pixels, dct:K, fourier:K, blocks:K, or a .npy file of rows',
      'pixels',
    )
    .addOption(
      new Option(
        '--point <file>',
        'fixed points, .npy [C, H, W] or [n, C, H, W]; drawn from N(0, I) otherwise',
      ).conflicts('points'),
    )
    .option('--points <n>', 'how many points to draw and average over', count, 1)
    .option(
      '--save <k>',
      'how many NADs to write (default: most that is handy; 32 of mixed)',
      count,
    )
    .option('--size <HxW>', 'image size, where the file leaves it free or another is wanted', size)
    .addOption(
      new Option(
        '--layout <order>',
        'order of the image axes, where the graph does not tell',
      ).choices(['NCHW', 'NHWC']),
    )
    .option(
      '--tails <n>',
      'how often the layers behind the last convolution are drawn for each network',
      count,
    )
    .option('--workers <n>', 'threads; the result does not depend on it', threads)
    .option('--batch <n>', 'images in one run', count)
    .option('--resume', 'go on from what an earlier run left in the folder')
    .option('--quiet', 'no progress')
    .addHelpText('after', examples)
    .action(async (model: string, options) =>
      options.probe === 'mixed'
        ? (await import('../estimate/estimate-mixed.js')).estimateMixed(model, options)
        : (await import('../estimate/estimate.js')).estimate(model, options),
    );
}

const examples = `
Without --networks it stops by itself, as with --until 0.95.

Examples:
  nads estimate lenet.onnx --out out/lenet
  nads estimate lenet.onnx --networks 100 --seed 1 --out out/lenet
  nads estimate vgg11.onnx --init conv=he-fan-out,linear=pytorch --until 0.9 --top 10 --out out/vgg
  nads estimate resnet50.onnx --basis dct:16 --size 224 --networks 4 --out out/resnet50
  nads estimate lenet.onnx --networks 300 --resume --out out/lenet
  nads estimate lenet.onnx --probe gradient --networks 100 --out out/gradient
  nads estimate lenet.onnx --probe mixed --save 50 --seed 1 --out out/mixed`;
