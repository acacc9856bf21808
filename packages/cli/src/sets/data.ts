import { getData, officialData } from '@nads/study/node';
import { watchedWhole } from '../terminal/watched-whole.js';
import { show, type ShowFlags } from '../terminal/show.js';

/** Options of `nads data`. */
export interface DataFlags extends ShowFlags {
  readonly out: string;
  readonly quiet?: boolean;
}

/** Runs `nads data`. */
export async function data(name: string, flags: DataFlags): Promise<void> {
  const { out, quiet } = flags;
  const set = officialData(name);
  const { title, size, specs } = set;
  if (!quiet) process.stderr.write(`${title} (${size})\n`);
  const result = await watchedWhole(quiet, async watch => {
    await getData(set, out, watch);
    return set;
  });
  if (!result) return;
  const [training, test] = specs.map(spec => `${spec}:${out}`);
  const text = `${out} holds ${title}: --data ${training} and ${test}`;
  show(flags, [text], { set: name, out, training, test });
}
