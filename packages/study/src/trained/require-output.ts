import { OptionError } from '@nads/linalg';

/** @throws OptionError where a model has no output of that number */
export function requireOutput(name: string, index: number | undefined, outputs: number): void {
  if (index === undefined || (Number.isInteger(index) && index >= 0 && index < outputs)) return;
  throw new OptionError('outputIndex', `${name} has outputs 0 to ${outputs - 1}, not ${index}`);
}
