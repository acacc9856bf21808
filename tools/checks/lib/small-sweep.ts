import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { nadsDone } from './nads-run.ts';
import { differences, resultsIn } from './results-in.ts';

/** A sweep of small networks, without its output. @param networks how many */
export const smallSweep = (networks: number): string[] => [
  'sweep',
  'logreg',
  '--basis',
  'dct',
  '--indices',
  `0-${networks - 1}`,
  '--train',
  '4000',
  '--epochs',
  '4',
];

/** Runs it in one process. @returns its files */
export async function inOneProcess(
  args: readonly string[],
  output: string,
): Promise<ReadonlyMap<string, Buffer>> {
  await nadsDone([...args, '-o', output]);
  return resultsIn(output);
}

/** What is wrong with another run of it: files that are not the same, or networks that are in the journal twice. */
export function wrongWith(output: string, wanted: ReadonlyMap<string, Buffer>): string {
  const [, ...lines] = readFileSync(join(output, 'journal.jsonl'), 'utf8').trimEnd().split('\n');
  const networks = lines.map(line => {
    const { index, seed } = JSON.parse(line) as { index: number; seed: number };
    return `${index}, seed ${seed}`;
  });
  const twice = networks.filter((one, i) => networks.indexOf(one) !== i);
  const other = differences(wanted, resultsIn(output));
  return [
    ...twice.map(one => `direction ${one} was counted twice`),
    ...other.map(name => `${name} is another`),
  ].join(', ');
}
