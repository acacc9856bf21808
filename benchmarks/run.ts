import { readdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Log } from './lib/logged.ts';
import { machine } from './lib/machine.ts';
import { table, type Outcome } from './lib/table.ts';

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

const here = new URL('.', import.meta.url);

const names = readdirSync(here)
  .filter(file => file.endsWith('.ts') && file !== 'run.ts')
  .map(file => file.slice(0, -'.ts'.length))
  .toSorted();

const log: Log = line => console.error(line);

function usage(): void {
  console.error(
    `usage: npm run bench -- NAME [--json] [--only NETWORK]\nbenchmarks: ${names.join(', ')}`,
  );
}

function unknownNetwork(name: string, only: string, choice?: readonly string[]): string {
  if (!choice) return `${name} always runs as a whole: leave out --only`;
  if (choice.includes(only)) return '';
  return `${name} does not measure '${only}': choose from ${choice.join(', ')}`;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
    allowPositionals: true,
  });
  const [name] = positionals;
  if (!names.includes(name)) {
    if (name) console.error(`unknown benchmark '${name}'`);
    usage();
    return name ? 2 : 0;
  }
  const benchmark = (await import(new URL(`${name}.ts`, here).href)) as Benchmark;
  const { only } = values;
  const problem = only === undefined ? '' : unknownNetwork(name, only, benchmark.choice);
  if (problem) {
    console.error(problem);
    return 2;
  }
  // What others did on the machine before: side by side or not, it shows in the figures.
  const [load_average] = loadavg();
  const outcome = { ...(await benchmark.run({ log, only })), machine: machine(), load_average };
  process.stdout.write(values.json ? `${JSON.stringify(outcome, null, 2)}\n` : table(outcome));
  return 0;
}

process.exit(await main());
