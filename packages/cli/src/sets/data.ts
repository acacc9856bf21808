import { getData, officialData } from '@nads/study/node';
import { watchedWhole } from '../terminal/watched-whole.js';

/** Options of `nads data`. */
export interface DataFlags {
  readonly out: string;
  readonly quiet?: boolean;
}

/** Runs `nads data`. */
export async function data(name: string, { out, quiet }: DataFlags): Promise<void> {
  const set = officialData(name);
  const { title, size, specs } = set;
  if (!quiet) process.stderr.write(`${title} (${size})\n`);
  const result = await watchedWhole(quiet, async watch => {
    await getData(set, out, watch);
    return set;
  });
  if (!result) return;
  const [training, test] = specs.map(spec => `${spec}:${out}`);
  process.stdout.write(`${out} holds ${title}: --data ${training} and ${test}\n`);
}
