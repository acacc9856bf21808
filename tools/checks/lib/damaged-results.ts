import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '@nads/linalg';
import type { Attempt } from './attempt.ts';
import { damageFile } from './damaged-file.ts';
import { model } from './model-file.ts';
import { nadsDone } from './nads-run.ts';
import { smallRuns } from './small-runs.ts';

/** A command that reads what a run has left. */
interface Reading {
  readonly args: readonly string[];
  /** Names of the files that it reads. */
  readonly reads: RegExp;
}

/** Results of small runs, one file of each try damaged, then drawn, compared, gone on from, or taken as directions. */
export async function damagedResults(folder: string): Promise<Attempt> {
  const runs = Object.entries(smallRuns(join(folder, 'inputs'))).filter(([, { file }]) => !file);
  for (const [name, { args }] of runs) await nadsDone([...args, '-o', join(folder, 'whole', name)]);
  return (index, random) => {
    const [name, { args }] = runs[index % runs.length];
    const damaged = join(folder, 'damaged');
    rmSync(damaged, { recursive: true, force: true });
    cpSync(join(folder, 'whole', name), damaged, { recursive: true });
    unfinish(join(damaged, 'run.json'));
    const reading = pick(random, readingsOf(name, args));
    const file = pick(
      random,
      readdirSync(damaged).filter(one => reading.reads.test(one)),
    );
    const what = `${index}: ${name}, ${file}: ${damageFile(join(damaged, file), random)}`;
    return { args: reading.args, what };
  };
}

/** As if the run had been killed before it ended. */
function unfinish(file: string): void {
  const run = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  writeFileSync(file, JSON.stringify({ ...run, finished: false }));
}

function readingsOf(name: string, args: readonly string[]): readonly Reading[] {
  const resume = resumable.has(name) ? ['--resume'] : [];
  const again = { args: [...args, '-o', 'damaged', ...resume], reads: state };
  const drawn = { args: ['plot', 'damaged', '-o', 'drawn'], reads: result };
  return name.startsWith('estimate') ? [again, drawn, ...asDirections] : [again, drawn, drawn];
}

const state = /^(run\.json|tally\.npz|checkpoint\.npz|.*\.jsonl)$/;

const result = /^(?!run\.json|tally).*\.(json|jsonl|npz|npy|csv)$/;

/** Commands that take NADs of a folder. */
const asDirections: readonly Reading[] = [
  ['compare', 'damaged', join('whole', 'estimate')],
  ['synth', '--basis', 'nads:damaged', '--index', '0', '-o', 'set.npz', '--force'],
  [
    'analyze',
    model('lenet'),
    '--data',
    join('inputs', 'set.npz'),
    '--nads',
    'damaged',
    '-o',
    'analysis',
    '--force',
  ],
].map(args => ({ args, reads: /^nads\./ }));

/** Commands that go on where they are told to. */
const resumable = new Set(['estimate', 'ntk', 'margin', 'train', 'elasticity', 'finetune']);

const pick = <T>(random: Random, from: readonly T[]): T => from[random.int(from.length)];
