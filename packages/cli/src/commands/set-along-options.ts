import type { Command } from 'commander';
import { dataHelp } from '../open-data.js';
import { path, seed, size } from './arguments.js';

/** Adds the options of a set of images and of directions of them. */
export const addSetAlongOptions = (command: Command): Command =>
  command
    .requiredOption('--data <spec>', dataHelp)
    .option('--nads <file>', 'a result folder, its nads.npz, or .npy rows', path)
    .option('--basis <spec>', 'other directions instead: dct, fourier or random:COUNT')
    .option('--size <HxW>', 'size that images are brought to', size)
    .option('--seed <n>', 'of whatever is drawn: random directions, a shuffle', seed, 0)
    .option('--quiet', 'no progress');
