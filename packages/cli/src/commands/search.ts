import { Command, Option } from 'commander';
import { dataHelp } from '@nads/study/data-help';
import { count, seed, several } from './arguments.js';
import { forceOption } from './force-option.js';
import { addPreprocessingOptions, preprocessingFlags } from './preprocessing-options.js';
import { addQueueOptions } from './queue-options.js';
import { addDescentOptions } from './training-options.js';
import {
  refuseWithoutEffect,
  withOption,
  withoutOption,
  withValue,
  type Use,
} from './without-effect.js';

/** `nads search`. */
export function search(): Command {
  const command = new Command('search')
    .description('Searches NAS-Bench-201 for a cell of high accuracy.')
    .requiredOption(
      '-o, --out <dir>',
      'folder for search.csv, search.json, pictures and journal.jsonl',
    )
    .addOption(
      new Option('--method <name>', 'random search, regularised evolution, or AREA')
        .choices(['random', 'rea', 'area'])
        .default('area'),
    )
    .option('--score <name>', 'score of nads score that area begins with, or random chooses by')
    .option('--score-batch <n>', 'images that cells are scored on', several, 128)
    .option('--budget <n>', 'cells whose accuracy is asked for (default: 100)', count)
    .option('--population <n>', 'of evolution', count, 10)
    .option('--tournament <n>', 'members of which the best is changed', count, 3)
    .option('--accuracies <csv>', 'look accuracies up instead of training; column `cell`')
    .option('--column <name>', 'column of accuracies in %, with --accuracies')
    .option('--data <spec>', `images to train and score with: ${dataHelp}`)
    .option('--test-data <spec>', 'images to test with, without --accuracies')
    .option('--seed <n>', 'seed of the search and of weights', seed, 0)
    .addOption(forceOption())
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'do not show progress');
  const whole = addQueueOptions(addPreprocessingOptions(addDescentOptions(command)));
  return refuseWithoutEffect(whole, uses)
    .addHelpText('after', examples)
    .action(async options => (await import('../search/search.js')).search(options));
}

const uses: readonly Use[] = [
  withoutOption('--score', ['--score-batch', '--queue', '--store']),
  withoutOption('--accuracies', ['--column']),
  withValue('--method', 'rea', ['--score']),
  withValue('--method', 'random', ['--population', '--tournament']),
  withOption('--accuracies', [
    '--test-data',
    '--epochs',
    '--batch',
    '--rate',
    '--momentum',
    '--weight-decay',
    '--no-pooling',
  ]),
  {
    name: 'with --accuracies and without --score',
    isUsed: ({ accuracies, score }) => accuracies !== undefined && score === undefined,
    options: ['--data', '--layout', '--size', ...preprocessingFlags],
  },
];

const examples = `
random takes cells at random; with --score only the one of the highest score of so many is trained. rea changes the best of a few members of a
population in one operation, again and again. area does the same, beginning with the best by --score of twice as many. The same command
continues an interrupted search. With --queue, workers score cells; networks are trained here.

Examples:
  nads search --method rea --accuracies nasbench201.csv --column cifar10_valid_12 --budget 50 --out out/rea
  nads search --score naswot --data cifar10-train:data --accuracies nasbench201.csv --column cifar10_valid_12 --out out/area
  nads search --score naswot --data cifar10-train:data --test-data cifar10:data --epochs 2 --budget 20 --out out/trained`;
