import { join } from 'node:path';
import { nadsDone, nadsRun } from './nads-run.ts';
import { differences, resultsIn } from './results-in.ts';
import type { Row } from './row.ts';
import type { SmallRun } from './small-runs.ts';

/** A command twice into one output, the second time as it was and then with other options; what is there must stay. */
export async function* runsTwice(
  runs: Readonly<Record<string, SmallRun>>,
  folder: string,
): AsyncGenerator<Row> {
  for (const [name, run] of Object.entries(runs)) {
    const output = join(folder, name.replaceAll(/\W+/g, '-'), run.file ?? '');
    const args = [...run.args, '-o', output];
    await nadsDone(args);
    const before = resultsIn(output);
    yield { what: `${name} again`, ...(await again(args, run)) };
    if (run.other.length > 0)
      yield { what: `${name} ${run.other.join(' ')}`, ...(await refused([...args, ...run.other])) };
    const changed = differences(before, resultsIn(output));
    yield { what: `${name}, what was there`, seen: 'stays', problem: changed.join(', ') };
  }
}

type Seen = Pick<Row, 'problem' | 'seen'>;

/** Folders hold the result already; of files that is not known. */
async function again(args: readonly string[], { file }: SmallRun): Promise<Seen> {
  if (file !== undefined) return refused(args);
  const { code, stderr } = await nadsRun(args);
  const isTold = stderr.includes('nothing to do');
  return {
    seen: 'nothing to do',
    problem: code === 0 && isTold ? '' : `exit code ${code}: ${stderr}`,
  };
}

async function refused(args: readonly string[]): Promise<Seen> {
  const { code, stderr } = await nadsRun(args);
  const isTold = /--out|--force/.test(stderr);
  return { seen: 'refused', problem: code === 2 && isTold ? '' : `exit code ${code}: ${stderr}` };
}
