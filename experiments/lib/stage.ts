import { parseArgs } from 'node:util';

/** What the script of a stage is given: options as text, the folder for results among them, and arguments. */
export interface Given {
  /** @throws where it was not given */
  readonly option: (name: string) => string;
  readonly out: string;
  readonly words: readonly string[];
}

/** Reads the command line of this process. @param names of the options beside --out. @throws for others */
export function givenToStage(...names: readonly string[]): Given {
  const { values, positionals } = parseArgs({
    options: Object.fromEntries([...names, 'out'].map(name => [name, { type: 'string' }])),
    allowPositionals: true,
  });
  const option = (name: string): string => {
    const value = values[name];
    if (typeof value === 'string') return value;
    throw new Error(`--${name} is missing`);
  };
  return { option, out: option('out'), words: positionals };
}
