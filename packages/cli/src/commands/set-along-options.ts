import { Option, type Command } from 'commander';
import { dataHelp } from '@nads/study/node';
import { path, seed, size } from './arguments.js';

/** Adds the options of a set of images and of directions of them. */
export const addSetAlongOptions = (command: Command): Command =>
  command
    .requiredOption('--data <spec>', dataHelp)
    .option('--nads <file>', 'a result folder, its nads.npz, or .npy rows', path)
    .option('--basis <spec>', 'other directions instead: dct, fourier or random:COUNT')
    .option('--size <HxW>', 'size that images are brought to', size)
    .addOption(
      new Option(
        '--range <name>',
        'stored: numbers as the file has them, where black is not 0 or white not 1',
      ).choices(['stored']),
    )
    .addOption(
      new Option('--layout <order>', 'order of the axes of arrays').choices(['NCHW', 'NHWC']),
    )
    .option('--seed <n>', 'of whatever is drawn: random directions, a shuffle', seed, 0)
    .option('--quiet', 'no progress');
