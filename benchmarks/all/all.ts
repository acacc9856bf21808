import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BadInput } from '../lib/bad-input.ts';
import { benchmarkNames } from '../lib/benchmark-names.ts';
import { commitIn } from '../lib/commit.ts';
import { knownNames } from '../lib/known-names.ts';
import { placeHere } from '../lib/place.ts';
import { rootFolder } from '../lib/root-folder.ts';
import { table } from '../lib/table.ts';
import { untilInterrupted } from '../lib/until-interrupted.ts';
import { runAll } from './run-all.ts';
import { summaryOf, type Entry } from './summary.ts';

/** `npm run bench -- all`: exit code 1 where one failed. */
export async function all(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: {
      names: { type: 'string' },
      out: { type: 'string' },
      force: { type: 'boolean', default: false },
    },
  });
  const names = values.names === undefined ? benchmarkNames : knownNames(values.names);
  if (values.force && !values.out) throw new BadInput('--force has no effect without --out');
  if (values.out && !values.force) requireFree(values.out, names);
  return untilInterrupted(signal => measure(names, values.out, signal));
}

/** @throws BadInput where results are in the way */
function requireFree(folder: string, names: readonly string[]): void {
  const files = [...names, 'all'].map(name => `${name}.json`);
  const taken = files.filter(file => existsSync(join(folder, file)));
  if (taken.length > 0)
    throw new BadInput(
      `${folder} already has ${taken.join(', ')}: name another folder, or replace them with --force`,
    );
}

async function measure(
  names: readonly string[],
  out: string | undefined,
  signal: AbortSignal,
): Promise<number> {
  const before = { date: new Date().toISOString(), ...commitIn(rootFolder), ...placeHere() };
  if (out) mkdirSync(out, { recursive: true });
  const entries: Entry[] = [];
  await runAll(names, {
    folder: rootFolder,
    signal,
    log: line => console.error(line),
    onEntry(entry) {
      entries.push(entry);
      print(entry);
      if (!out) return;
      if (entry.measurement) write(join(out, `${entry.benchmark}.json`), entry.measurement);
      write(join(out, 'all.json'), summaryOf(before, entries));
    },
  });
  return conclude(entries);
}

/** Says which benchmarks have no figures, and why. @returns the exit code */
function conclude(entries: readonly Entry[]): number {
  const failed = entries.filter(({ error }) => error !== undefined);
  const empty = entries.filter(({ measurement }) => measurement?.results.length === 0);
  const measured = entries.length - failed.length - empty.length;
  console.log(`${measured} of ${entries.length} benchmarks measured`);
  for (const { benchmark, measurement } of empty)
    console.log(`${benchmark} was skipped: ${measurement?.notes?.join(' ')}`);
  for (const { benchmark, error } of failed) console.log(`${benchmark} failed: ${error}`);
  return failed.length > 0 ? 1 : 0;
}

function print({ benchmark, seconds, measurement, error }: Entry): void {
  const text = measurement ? table(measurement) : `failed: ${error}\n`;
  console.log(`# ${benchmark} (${seconds} s)\n${text}`);
}

const write = (file: string, value: object): void =>
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
