import { BadInput } from './bad-input.ts';
import { benchmarkNames } from './benchmark-names.ts';

/** Names of benchmarks, separated by commas. @throws BadInput for one that is not there */
export function knownNames(list: string): string[] {
  const names = list.split(',').map(name => name.trim());
  for (const name of names) requireKnown(name);
  return [...new Set(names)];
}

/** @throws BadInput for a benchmark that is not there */
export function requireKnown(name: string): void {
  if (benchmarkNames.includes(name)) return;
  throw new BadInput(
    `--names: unknown benchmark '${name}'; choose from ${benchmarkNames.join(', ')}`,
  );
}
