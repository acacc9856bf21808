import { OptionError } from '@nads/linalg';

/** @throws OptionError where there are not so many outputs */
export function requireOutputs(chosen: readonly number[], count: number): void {
  const missing = chosen.find(output => output >= count);
  if (missing !== undefined)
    throw new OptionError('outputs', `output ${missing} is out of range, 0 to ${count - 1}`);
}
