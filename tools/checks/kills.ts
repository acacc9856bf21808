// Proves that results are not lost: every command twice into one output, and runs that are killed at random moments and go on
// to the bytes of runs that nobody disturbed. Takes some minutes.
//   npm run check:kills [-- KILLS]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killsAndResumes } from './lib/kill-and-resume.ts';
import { model } from './lib/model-file.ts';
import { printed, type Row } from './lib/row.ts';
import { runsTwice } from './lib/run-twice.ts';
import { smallRuns } from './lib/small-runs.ts';

const kills = Number(process.argv[2] ?? 30);
const folder = mkdtempSync(join(tmpdir(), 'nads-kills-'));
const rows: Row[] = [];

/** Runs a group of checks and prints a line for each as soon as it is known. */
async function print(group: AsyncIterable<Row>): Promise<void> {
  for await (const row of group) {
    rows.push(row);
    console.log(printed(row));
  }
}

const along = ['--test', '256', '--threads', '1'];
const small = smallRuns(join(folder, 'inputs'));
const long = [
  ['estimate', model('lenet'), '-n', '50', '--workers', '1'],
  ['train', 'lenet', '--direction', 'fourier:16@9:7', '--train', '3000', '--epochs', '3', ...along],
  ['sweep', 'logreg', '--basis', 'dct', '--indices', '0-23', '--train', '2000', '--epochs', '2'],
  [...small.margin.args, '--block', '64'],
];

try {
  await print(runsTwice(small, join(folder, 'twice')));
  await print(killsAndResumes(long, kills, join(folder, 'kills')));
} finally {
  rmSync(folder, { recursive: true });
}

const failed = rows.filter(({ problem }) => problem !== '').length;
console.log(`results: ${rows.length - failed} of ${rows.length} checks hold`);
process.exitCode = failed > 0 ? 1 : 0;
