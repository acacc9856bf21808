import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const program = new URL('../../packages/cli/bin/nads.js', import.meta.url).pathname;

/** Runs the command line, shows the command and what it prints. @returns what it printed */
export function nads(args, { quiet = false } = {}) {
  if (!quiet) console.error(`$ nads ${args.join(' ')}`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', data => (output += data));
    child.on('error', reject);
    child.on('close', code => {
      if (code !== 0) return reject(new Error(`nads ${args[0]} ended with code ${code}`));
      if (!quiet) process.stderr.write(output);
      resolve(output);
    });
  });
}

/** What a training came to, in percent; one that is done is not done again, one that was stopped goes on. */
export async function trained(folder, args) {
  const epochs = Number(args[args.indexOf('--epochs') + 1]);
  if (historyOf(folder).length < epochs || !existsSync(join(folder, 'model.onnx'))) {
    const resume = existsSync(join(folder, 'checkpoint.npz')) ? ['--resume'] : [];
    await nads(['train', ...args, ...resume, '--quiet', '--out', folder], { quiet: true });
  }
  const { train_accuracy, test_accuracy } = historyOf(folder).at(-1);
  return { train: Number(train_accuracy), test: Number(test_accuracy) };
}

/** A row for each epoch so far. */
function historyOf(folder) {
  const file = join(folder, 'history.csv');
  return existsSync(file) ? table(file) : [];
}

/** Files of a command that makes a folder; one that is there is not made again. */
export async function made(folder, file, args) {
  if (!existsSync(join(folder, file))) await nads([...args, '--out', folder]);
  return join(folder, file);
}

/** The NADs of an architecture for one channel, estimated unless they are given. */
export async function nadsOf(architecture, out, { nads: given = '', networks = '12' }) {
  if (given !== '') return given;
  const folder = join(out, `nads-${architecture}`);
  if (existsSync(join(folder, 'nads.npz'))) return folder;
  const model = await made(join(out, `fresh-${architecture}`), 'model.onnx', [
    'train',
    architecture,
    '--direction',
    'fourier:16@8:8',
    '--train',
    '128',
    '--test',
    '1',
    '--epochs',
    '1',
    '--quiet',
  ]);
  await nads(['estimate', model, '--networks', networks, '--seed', '1', '--out', folder]);
  return folder;
}

/** Runs tasks, so many side by side, and says how many are done and how long the others will take. */
export async function all(tasks, workers) {
  const started = performance.now();
  const results = [];
  let [next, done] = [0, 0];
  const worker = async () => {
    for (let i = next++; i < tasks.length; i = next++) {
      results[i] = await tasks[i]();
      done++;
      const left = ((performance.now() - started) / done) * (tasks.length - done);
      console.error(`${done}/${tasks.length}, ${Math.ceil(left / 60_000)} min left`);
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return results;
}

/** Rows of a CSV file of numbers and plain words, as objects. */
export function table(file) {
  const [head, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const names = head.split(',');
  return lines.map(line => Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell])));
}

/** Rows as CSV, columns named by the first. */
export const csv = rows =>
  `${[Object.keys(rows[0]), ...rows.map(row => Object.values(row))].join('\n')}\n`;

/** Mean and its standard error. */
export function meanOf(values) {
  const mean = values.reduce((sum, x) => sum + x / values.length, 0);
  const square = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { mean, error: Math.sqrt(square / Math.max(1, values.length - 1) / values.length) };
}

export const show = ({ mean, error }) => `${mean.toFixed(1)} ± ${error.toFixed(1)}`;
