import type { Random } from '@nads/linalg';

/** Prepares the files of a try. @returns what is run on them, without the program, and what was done to them */
export type Attempt = (
  index: number,
  random: Random,
) => { readonly args: readonly string[]; readonly what: string };
