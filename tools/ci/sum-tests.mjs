// Prints one line with the counts of all packages' tests, which tools/jest/counts.mjs has left in a folder:
// N passed, N failed, N skipped. A package with tests that has left none counts as one test that failed.
//   node tools/ci/sum-tests.mjs FOLDER
// JavaScript, since it runs even where npm ci has failed.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const [folder] = process.argv.slice(2);
const packages = fileURLToPath(new URL('../../packages', import.meta.url));

const total = { passed: 0, failed: 0, skipped: 0 };
for (const name of readdirSync(packages).filter(isTested)) {
  const { passed, failed, skipped } = countsOf(name);
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** @param {string} name */
function isTested(name) {
  const file = join(packages, name, 'package.json');
  if (!existsSync(file)) return false;
  /** @type {{ scripts?: { test?: string } }} */
  const { scripts } = JSON.parse(readFileSync(file, 'utf8'));
  return scripts?.test !== undefined;
}

/**
 * @param {string} name
 * @returns {Counts}
 */
function countsOf(name) {
  const file = join(folder, `${name}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  console.error(`the tests of packages/${name} did not finish`);
  return { passed: 0, failed: 1, skipped: 0 };
}
