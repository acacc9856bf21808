import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = new URL('.', import.meta.url);
const shared = process.env.NADS_SHARED ?? fileURLToPath(new URL('../../../shared', here));

const wanted = process.argv.slice(2);

/** Runs the named checks beside this file, or all, and prints what became of each; the sum of their results. */
async function runAll() {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const file of readdirSync(here).toSorted().filter(isCheck)) {
    const result = await runOne(file);
    for (const key of Object.keys(total)) total[key] += result[key];
    for (const detail of result.details) console.log(`  ${detail}`);
    console.log(`${result.name}: ${counts(result)}`);
  }
  return total;
}

const isCheck = file =>
  file.endsWith('.mjs') &&
  file !== 'run.mjs' &&
  (wanted.length === 0 || wanted.includes(file.replace('.mjs', '')));

async function runOne(file) {
  const { run } = await import(new URL(file, here));
  try {
    return await run({ shared, log: line => console.log(`  ${line}`) });
  } catch (error) {
    return { name: file, passed: 0, failed: 1, skipped: 0, details: [error.stack] };
  }
}

const counts = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

if (existsSync(shared)) {
  const total = await runAll();
  console.log(counts(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
} else console.log(`conformance checks were skipped: there is no shared folder at ${shared}`);
