import { Command, Option } from 'commander';
import { dataHelp } from '@nads/study/data-help';
import { count, names, seed, several, threads } from './arguments.js';
import { outputOption } from './output-option.js';
import { addPreprocessingOptions } from './preprocessing-options.js';
import { addQueueOptions, queueUse } from './queue-options.js';
import { refuseWithoutEffect, withOption, withoutOption } from './without-effect.js';
import { replaceOption } from './force-option.js';

/** `nads score`. */
export function score(): Command {
  const command = new Command('score')
    .description('Scores of networks without training: NASWOT and others, beside their size.')
    .argument(
      '[model...]',
      'ONNX files, names that `nads models` lists, or architectures as in nads train --list',
    )
    .requiredOption('--data <spec>', dataHelp)
    .option('--batch <n>', 'images that networks are scored on', several, 128)
    .option('--sample <seed>', 'draw the images, as many of each class; otherwise the first', seed)
    .option('--scores <name,...>', 'only these (default: all)', names)
    .addOption(
      new Option('--batch-norm <mode>', 'statistics of the batch, or those on file')
        .choices(['training', 'evaluation'])
        .default('training'),
    )
    .addOption(
      new Option('--weights <which>', "the file's own, or fresh random ones")
        .choices(['file', 'fresh'])
        .default('file'),
    )
    .option('--repeats <n>', 'fresh networks, for standard errors (default: 1)', count)
    .option('--seed <n>', 'seed of fresh weights (default: 0)', seed)
    .option('--init <scheme>', 'how they are drawn, as in nads estimate (default: pytorch)')
    .option('--nads <n>', 'effective rank of the spectrum of NADs of so many fresh networks', count)
    .addOption(outputOption())
    .option('--kernel <file>', 'write the kernel of codes as .npy, int32 [batch, batch]')
    .option(
      '--cells <csv>',
      'score the cells of NAS-Bench-201 in the column `cell` of a file, instead of models',
    )
    .option(
      '-o, --out <file>',
      'JSON of scores of models, as nads report reads it in DIR/score.json; with --cells their table in CSV, of which what is there is kept',
    )
    .option('--threads <n>', 'cells scored at a time (default: number of cores)', threads)
    .addOption(replaceOption())
    .option('--json', 'print JSON')
    .option('-q, --quiet', 'do not show progress');
  return refuseWithoutEffect(addQueueOptions(addPreprocessingOptions(command)), uses)
    .addHelpText('after', examples)
    .action(async (models: string[], options) =>
      (await import('../score/score.js')).score(models, options),
    );
}

const uses = [
  withoutOption('--cells', ['--threads', '--queue', '--store']),
  queueUse('--threads'),
  withOption('--cells', ['--kernel', '--output']),
];

const examples = `
naswot is log |det K|, K[i, j] the number of units that are on or off alike for images i and j. It needs no labels; of the others
loss, grad_norm, snip, plain, grasp and fisher do.

Examples:
  nads score model.onnx --data cifar10:data --mean .4914,.4822,.4465 --std .247,.243,.261
  nads score model.onnx --data cifar10:data -o out/scores/score.json && nads report out/scores
  nads score a.onnx b.onnx --data cifar10:data --weights fresh --repeats 5 --scores naswot,synflow
  nads score 'cell:|nor_conv_3x3~0|+|none~0|skip_connect~1|+|none~0|none~1|nor_conv_1x1~2|' --data cifar10:data
  nads score --cells cells.csv --data cifar10-train:data --scores naswot,synflow -o scores.csv
  nads score --cells cells.csv --data cifar10-train:data --queue redis://queue:6379 --store /mnt/nads -o scores.csv
  nads score model.onnx --data photos --sample 1 --scores naswot --kernel K.npy`;
