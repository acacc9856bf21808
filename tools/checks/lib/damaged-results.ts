import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '@nads/linalg';
import type { Attempt } from './attempt.ts';
import { damageFile } from './damaged-file.ts';
import { model } from './model-file.ts';
import { nadsDone } from './nads-run.ts';
import { smallRuns } from './small-runs.ts';

/** Pictures are written and never read. */
const picture = /\.(svg|png|html)$/;

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
    const files = readdirSync(damaged).filter(file => !picture.test(file));
    const file = files[random.int(files.length)];
    const what = `${index}: ${name}, ${file}: ${damageFile(join(damaged, file), random)}`;
    return { args: readingOf(name, args, random), what };
  };
}

/** As if the run had been killed before it ended. */
function unfinish(file: string): void {
  const run = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  writeFileSync(file, JSON.stringify({ ...run, finished: false }));
}

/** A command that reads what a small run has left. */
function readingOf(name: string, args: readonly string[], random: Random): readonly string[] {
  const again = [...args, '-o', 'damaged', ...(resumable.has(name) ? ['--resume'] : [])];
  const readings = [['plot', 'damaged', '-o', 'drawn'], again];
  if (name.startsWith('estimate'))
    readings.push(
      ['compare', 'damaged', join('whole', 'estimate')],
      ['synth', '--basis', 'nads:damaged', '--index', '0', '-o', 'set.npz', '--force'],
      ['analyze', model('lenet'), ...data, '--nads', 'damaged', '-o', 'analysis', '--force'],
    );
  return readings[random.int(readings.length)];
}

const data = ['--data', join('inputs', 'set.npz')];

/** Commands that go on where they are told to. */
const resumable = new Set(['estimate', 'ntk', 'margin', 'train', 'elasticity', 'finetune']);
