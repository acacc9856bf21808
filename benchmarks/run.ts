import { parseArgs } from 'node:util';
import { BadInput, isBadInput } from './lib/bad-input.ts';
import { benchmarkNames } from './lib/benchmark-names.ts';
import { commitIn } from './lib/commit.ts';
import type { Log } from './lib/logged.ts';
import type { Measurement } from './lib/measurement.ts';
import { placeHere } from './lib/place.ts';
import { table, type Outcome } from './lib/table.ts';
import { rootFolder } from './lib/root-folder.ts';

/** What a benchmark is given. */
export interface RunOptions {
  readonly log: Log;
  /** The only network to measure; all of them where left out. */
  readonly only?: string;
}

/** What a file beside this one exports. */
interface Benchmark {
  readonly run: (options: RunOptions) => Promise<Outcome>;
  /** Networks that `--only` can name. */
  readonly choice?: readonly string[];
}

/** Does what the words after its name say. @returns the exit code. @throws BadInput */
type Command = (words: string[]) => Promise<number>;

/** What is not one benchmark but something about several. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  all: async () => (await import('./all/all.ts')).all,
  compare: async () => (await import('./compare/compare.ts')).compare,
};

const log: Log = line => console.error(line);

const usage = `usage: npm run bench -- NAME [--json] [--only NETWORK]
       npm run bench -- all [--names NAME,NAME] [--out FOLDER] [--force]
       npm run bench -- compare COMMIT COMMIT [--names NAME,NAME:NETWORK] [--rounds N] [--json]
       npm run bench -- compare FOLDER FOLDER [--json]
benchmarks: ${benchmarkNames.join(', ')}`;

function unknownNetwork(name: string, only: string, choice?: readonly string[]): string {
  if (!choice) return `${name} always runs as a whole: leave out --only`;
  if (choice.includes(only)) return '';
  return `${name} does not measure '${only}': choose from ${choice.join(', ')}`;
}

/** One benchmark, in this process. */
const one =
  (name: string): Command =>
  async words => {
    const { values } = parseArgs({
      args: words,
      options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
    });
    const benchmark = (await import(new URL(`${name}.ts`, import.meta.url).href)) as Benchmark;
    const { only } = values;
    const problem = only === undefined ? '' : unknownNetwork(name, only, benchmark.choice);
    if (problem) throw new BadInput(problem);
    // what others did on the machine before: side by side or not, it shows in the figures
    const before = { date: new Date().toISOString(), ...commitIn(rootFolder), ...placeHere() };
    const outcome = await benchmark.run({ log, only });
    const measurement: Measurement = { benchmark: name, ...before, ...outcome };
    process.stdout.write(
      values.json ? `${JSON.stringify(measurement, null, 2)}\n` : table(measurement),
    );
    return 0;
  };

/** What the first word stands for. */
async function commandOf(name: string): Promise<Command | undefined> {
  if (benchmarkNames.includes(name)) return one(name);
  return Object.hasOwn(commands, name) ? commands[name]() : undefined;
}

function told(error: unknown): number {
  if (!isBadInput(error)) throw error;
  console.error(error.message);
  return 2;
}

async function main([name, ...words]: readonly string[]): Promise<number> {
  const command = name === undefined ? undefined : await commandOf(name);
  if (command) return command(words).catch(told);
  if (name) console.error(`unknown benchmark '${name}'`);
  console.error(usage);
  return name ? 2 : 0;
}

process.exit(await main(process.argv.slice(2)));
