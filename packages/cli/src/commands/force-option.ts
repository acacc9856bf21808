import { Option } from 'commander';

/** --force, of commands that write into a folder. */
export const forceOption = (): Option =>
  new Option('--force', 'replace what an earlier run with other settings has written there');
