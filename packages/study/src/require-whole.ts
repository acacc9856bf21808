import { OptionError } from '@nads/linalg';

/** Checks that options are positive integers, if given. @throws OptionError for the first that is not */
export function requireWhole(values: Readonly<Record<string, number | undefined>>): void {
  for (const [option, value] of Object.entries(values))
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 1))
      throw new OptionError(option, `${value} is not a positive integer`);
}
