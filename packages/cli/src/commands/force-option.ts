import { Option } from 'commander';

/** --force, of commands that write into a folder. */
export const forceOption = (): Option =>
  new Option('--force', 'replace what an earlier run with other settings has written there');

/** --force, of commands that write a file. */
export const replaceOption = (): Option => new Option('--force', 'replace a file that is there');
