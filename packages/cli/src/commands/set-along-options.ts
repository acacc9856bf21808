import { InvalidArgumentError, Option, type Command } from 'commander';
import { dataHelp } from '@nads/study/data-help';
import { size } from './arguments.js';
import { basisHelp } from './basis-help.js';
import { forceOption } from './force-option.js';

/** Adds the options of a set of images and of directions of them. */
export const addSetAlongOptions = (command: Command): Command =>
  command
    .requiredOption('--data <spec>', dataHelp)
    .option(
      '--nads <file>',
      'a result folder, its nads.npz, or .npy rows; same as --basis nads:FILE',
    )
    .option('--basis <spec>', `directions: ${basisHelp}`)
    .option('--size <HxW>', 'size that images are resized to', size)
    .addOption(
      new Option(
        '--range <name>',
        'stored: keep the values in the file, if black is not 0 or white not 1',
      ).choices(['stored']),
    )
    .addOption(
      new Option('--layout <order>', 'order of the axes of arrays').choices(['NCHW', 'NHWC']),
    )
    .addOption(forceOption())
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'do not show progress');

/** Adds a --seed that says where the seed went: directions were drawn with it before their name held it. */
export const refuseSeed = (command: Command): Command =>
  command.addOption(
    new Option('--seed <n>').hideHelp().argParser(() => {
      throw new InvalidArgumentError(
        'The seed of random directions is part of --basis, as in random:64:3.',
      );
    }),
  );
