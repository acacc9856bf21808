import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CheckResult } from './lib/check-result.ts';

/** What a check is given. */
export interface CheckOptions {
  /** Folder with models, oracles and reference arrays. */
  readonly shared: string;
  /** Another folder of oracles of related systems than the shared one. */
  readonly oracles?: string;
  /** Another folder of cases than the shared one. */
  readonly cases?: string;
  /** Takes counts and lines; its own go to standard output. */
  readonly result: CheckResult;
}

/** What a file beside this one exports. */
interface Check {
  readonly title: string;
  readonly run: (options: CheckOptions) => Promise<void>;
}

const here = new URL('.', import.meta.url);
const named = process.env.NADS_SHARED;
const shared = named ?? fileURLToPath(new URL('../../../shared', here));
const names = readdirSync(here)
  .filter(file => file.endsWith('.ts') && file !== 'run.ts')
  .map(file => file.slice(0, -'.ts'.length))
  .toSorted();

const {
  values: { oracles, cases },
  positionals,
} = parseArgs({
  allowPositionals: true,
  options: { oracles: { type: 'string' }, cases: { type: 'string' } },
});

/** Runs the named checks beside this file, or all, and prints what became of each. @returns the exit code. */
async function main(wanted: readonly string[]): Promise<number> {
  const unknown = wanted.filter(name => !names.includes(name));
  if (unknown.length > 0) return refuse(`unknown check '${unknown.join(`', '`)}'`);
  if (named !== undefined && !existsSync(named))
    return refuse(`NADS_SHARED names ${named}, which does not exist`);
  for (const [option, folder] of Object.entries({ oracles, cases }))
    if (folder !== undefined && !existsSync(folder))
      return refuse(`--${option} names ${folder}, which does not exist`);
  const chosen = wanted.length === 0 ? names : names.filter(name => wanted.includes(name));
  return existsSync(oracles ?? cases ?? shared) ? runAll(chosen) : skipAll(chosen);
}

function refuse(problem: string): number {
  console.error(`${problem}\nchecks: ${names.join(', ')}`);
  return 2;
}

function skipAll(chosen: readonly string[]): number {
  for (const name of chosen) console.log(`${name}: skipped`);
  console.log(`conformance checks were skipped: there is no shared folder at ${shared}`);
  return 0;
}

async function runAll(chosen: readonly string[]): Promise<number> {
  const total = new CheckResult();
  for (const name of chosen) {
    const { title, result } = await runOne(name);
    total.add(result);
    for (const detail of result.details) console.log(`  ${detail}`);
    console.log(`${title}: ${result.counts()}`);
  }
  console.log(total.counts());
  if (total.checked === 0) console.error('nothing was checked');
  return total.failed > 0 || total.checked === 0 ? 1 : 0;
}

async function runOne(name: string): Promise<{ title: string; result: CheckResult }> {
  const { title, run } = (await import(new URL(`${name}.ts`, here).href)) as Check;
  const result = new CheckResult(line => console.log(`  ${line}`));
  try {
    await run({ shared, oracles, cases, result });
    if (result.checked + result.skipped === 0) result.fail('nothing was found to check');
  } catch (error) {
    result.fail(error instanceof Error ? String(error.stack) : String(error));
  }
  return { title, result };
}

process.exitCode = await main(positionals);
