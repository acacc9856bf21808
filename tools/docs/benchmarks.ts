// Writes the tables of docs/benchmarks.md from what `npm run bench -- all --out FOLDER` wrote, and keeps that in benchmarks/results.
//   npm run script -- tools/docs/benchmarks.ts FOLDER            takes results over and writes the tables
//   npm run script -- tools/docs/benchmarks.ts [FOLDER] --check  fails where the tables are not those of the results
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { isBadInput } from '../../benchmarks/lib/bad-input.ts';
import { rootFolder } from '../../benchmarks/lib/root-folder.ts';
import { fillPage, pageProblems, type Measurements } from '../../benchmarks/page/fill-page.ts';
import { readMeasurements } from '../../benchmarks/page/read-measurements.ts';
import { unfit } from '../../benchmarks/page/unfit.ts';

const page = join(rootFolder, 'docs/benchmarks.md');
const results = join(rootFolder, 'benchmarks/results');

async function main(): Promise<readonly string[]> {
  const { values, positionals } = parseArgs({
    options: { check: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [folder = results] = positionals;
  const measurements = readMeasurements(folder);
  return values.check ? differences(measurements) : take(measurements);
}

/** What the tables would look like, formatted as everything is. */
const filled = async (measurements: Measurements): Promise<string> =>
  format(fillPage(readFileSync(page, 'utf8'), measurements), {
    ...(await resolveConfig(page)),
    parser: 'markdown',
  });

async function differences(measurements: Measurements): Promise<readonly string[]> {
  const text = readFileSync(page, 'utf8');
  const isSame = (await filled(measurements)) === text;
  return [
    ...pageProblems(text, measurements),
    ...(isSame ? [] : ['tables differ: npm run script -- tools/docs/benchmarks.ts FOLDER']),
  ];
}

async function take(measurements: Measurements): Promise<readonly string[]> {
  const reasons = [...measurements].flatMap(([name, measurement]) =>
    unfit(measurement).map(reason => `${name}: ${reason}; measure it again`),
  );
  if (reasons.length > 0) return reasons;
  mkdirSync(results, { recursive: true });
  for (const [name, measurement] of measurements)
    writeFileSync(join(results, `${name}.json`), `${JSON.stringify(measurement, null, 2)}\n`);
  const kept = readMeasurements(results);
  writeFileSync(page, await filled(kept));
  console.log(`tables of ${[...measurements.keys()].join(', ')} written`);
  return pageProblems(readFileSync(page, 'utf8'), kept);
}

const problems = await main().catch((error: unknown) => {
  if (!isBadInput(error)) throw error;
  return [error.message];
});
for (const problem of problems) console.error(`docs/benchmarks.md: ${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;
