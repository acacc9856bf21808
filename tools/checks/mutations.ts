// Changes bytes of models that come with nads and runs a command on each in a process of its own: it must succeed, or end with one
// line of what is wrong, within limits of time and memory. Takes about a second for each; the same seed gives the same files.
//   npm run check:mutations [-- --count 2000 --seed 1]
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Random } from '@nads/linalg';
import { limits, problemOf } from '../conformance/lib/check-hostile.ts';
import { limitedProcess } from '../conformance/lib/limited-process.ts';
import { model } from './lib/model-file.ts';
import { mutated } from './lib/mutated.ts';

const { values: given } = parseArgs({
  options: { count: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const nads = fileURLToPath(new URL('../../packages/cli/bin/nads.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'nads-mutations-'));
const originals = ['lenet', 'logistic-regression', 'densenet-g12'].map(name =>
  readFileSync(model(name)),
);
const commands = [
  ['inspect', 'm.onnx'],
  ['gradient', 'm.onnx', '-o', 'g.onnx', '--force'],
  ['estimate', 'm.onnx', '--networks', '1', '--basis', 'dct:2', '--out', 'out', '--force'],
];

const count = Number(given.count);
let failed = 0;
try {
  for (let i = 0; i < count; i++) {
    const random = new Random(`${given.seed}/${i}`);
    writeFileSync(join(folder, 'm.onnx'), mutated(originals[i % originals.length], random));
    const command = commands[random.int(commands.length)];
    const problem = problemOf(await limitedProcess([nads, ...command], folder, limits));
    if (problem === undefined) continue;
    failed++;
    console.log(`file ${i}: ${command.join(' ')}: ${problem}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`mutations: ${count - failed} of ${count} files, seed ${given.seed}, end well`);
process.exitCode = failed > 0 ? 1 : 0;
