import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BadInput } from '../lib/bad-input.ts';
import type { Measurement } from '../lib/measurement.ts';
import { placeHere } from '../lib/place.ts';
import { rootFolder } from '../lib/root-folder.ts';
import { untilInterrupted } from '../lib/until-interrupted.ts';
import { readMeasurements } from '../page/read-measurements.ts';
import { compareCommits } from './compare-commits.ts';
import { differencesOf, findCommit, requireClean } from './find-commit.ts';
import { printRatios } from './print-ratios.ts';
import { ratiosOf } from './ratios.ts';
import { selectionOf, shortSelection } from './selection.ts';

const usualRounds = 5;

/** Options as they are given. */
interface Flags {
  readonly names?: string;
  readonly rounds?: string;
  readonly json?: boolean;
}

/** `npm run bench -- compare A B`: two commits, or two folders of `npm run bench -- all --out FOLDER`. */
export async function compare(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    options: {
      names: { type: 'string' },
      rounds: { type: 'string' },
      json: { type: 'boolean' },
    },
    allowPositionals: true,
  });
  const [a, b, ...rest] = positionals;
  if (a === undefined || b === undefined || rest.length > 0)
    throw new BadInput(`compare takes two commits or two folders, not ${positionals.length}`);
  if (hasResults(a) && hasResults(b)) return ofFolders(a, b, values);
  return ofCommits(a, b, values);
}

const hasResults = (name: string): boolean => existsSync(join(name, 'all.json'));

function ofFolders(a: string, b: string, { names, rounds, json }: Flags): number {
  const given = Object.entries({ names, rounds }).find(([, value]) => value !== undefined);
  if (given) throw new BadInput(`--${given[0]} has no effect on results that are there`);
  const [ofA, ofB] = [a, b].map(folder => [...readMeasurements(folder).values()]);
  warn(folderWarnings(ofA, ofB));
  print(ofA, ofB, 1, json);
  return 0;
}

/** What makes two folders less comparable. */
function folderWarnings(a: readonly Measurement[], b: readonly Measurement[]): string[] {
  const all = [...a, ...b];
  const machines = new Set(all.map(({ machine }) => machine));
  const busy = all.filter(one => one.busy).map(({ benchmark }) => benchmark);
  return [
    ...(machines.size > 1 ? [`measured on different machines: ${[...machines].join('; ')}`] : []),
    ...(busy.length > 0 ? [`the machine was busy during ${[...new Set(busy)].join(', ')}`] : []),
  ];
}

async function ofCommits(
  a: string,
  b: string,
  { names = shortSelection, rounds: given = `${usualRounds}`, json }: Flags,
): Promise<number> {
  const selection = selectionOf(names);
  const rounds = count(given);
  const commits = [findCommit(rootFolder, a), findCommit(rootFolder, b)] as const;
  if (commits[0] === commits[1])
    throw new BadInput(`'${a}' and '${b}' are the same commit, ${commits[0].slice(0, 9)}`);
  requireClean(rootFolder);
  warn([
    ...differencesOf(rootFolder, ...commits),
    ...(placeHere().busy ? ['the machine is busy'] : []),
  ]);
  const log = (line: string): void => console.error(line);
  return untilInterrupted(async signal => {
    const options = { origin: rootFolder, selection, rounds, signal, log };
    const [ofA, ofB] = await compareCommits(commits, options);
    print(ofA, ofB, rounds, json);
    return 0;
  });
}

function count(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new BadInput(`--rounds takes a whole number from 1 on, not '${text}'`);
}

const warn = (lines: readonly string[]): void =>
  lines.forEach(line => console.error(`warning: ${line}`));

function print(
  a: readonly Measurement[],
  b: readonly Measurement[],
  rounds: number,
  json = false,
): void {
  const ratios = ratiosOf(a, b);
  process.stdout.write(
    json ? `${JSON.stringify({ rounds, ...ratios }, null, 2)}\n` : printRatios(ratios, rounds),
  );
}
