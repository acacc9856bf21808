// Changes bytes of models that come with nads, or with --results files of results in any way, and runs a command on each in a
// process of its own: it must succeed, or end with one line of what is wrong, within limits of time and memory. Takes about a
// second for each; the same seed gives the same files.
//   npm run check:mutations [-- --count 2000 --seed 1 --results]
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Random } from '@nads/linalg';
import { limits, problemOf } from '../conformance/lib/check-hostile.ts';
import { limitedProcess } from '../conformance/lib/limited-process.ts';
import { changedModels } from './lib/changed-models.ts';
import { damagedResults } from './lib/damaged-results.ts';

const { values: given } = parseArgs({
  options: {
    count: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    results: { type: 'boolean', default: false },
  },
});
const nads = fileURLToPath(new URL('../../packages/cli/bin/nads.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'nads-mutations-'));

const count = Number(given.count);
let failed = 0;
try {
  const attempt = given.results ? await damagedResults(folder) : changedModels(folder);
  for (let i = 0; i < count; i++) {
    const { args, what } = attempt(i, new Random(`${given.seed}/${i}`));
    const ended = problemOf(await limitedProcess([nads, ...args], folder, limits));
    const problem = existsSync(join(folder, 'outside')) ? 'wrote through a link' : ended;
    if (problem === undefined) continue;
    failed++;
    console.log(`${what}: ${args.join(' ')}: ${problem}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`mutations: ${count - failed} of ${count} files, seed ${given.seed}, end well`);
process.exitCode = failed > 0 ? 1 : 0;
