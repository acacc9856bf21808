import type { Command } from 'commander';
import { withOption, type Use } from './without-effect.js';

/** Options of commands whose tasks workers on other machines can do. */
export interface QueueFlags {
  readonly queue?: string;
  readonly store?: string;
}

/** --queue, wherever it is given. */
export const queueFlag = '--queue <url>';

/** --store, wherever it is given. */
export const storeFlag = '--store <place>';

/** Adds --queue and --store. */
export const addQueueOptions = (command: Command): Command =>
  command
    .option(
      queueFlag,
      'Redis, as redis://host:6379: workers that `nads worker` runs do the work; same results',
    )
    .option(storeFlag, 'with --queue: a folder that all workers share, or s3://BUCKET/PREFIX');

/** Options that have no effect where workers do the work. @param threads the command's own number of threads */
export const queueUse = (threads: string): Use => withOption('--queue', [threads]);
