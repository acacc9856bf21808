import { readdirSync } from 'node:fs';
import { optionName } from '@nads/study';

/** What an experiment's module exports: the experiment, which gives an exit code. */
interface Experiment {
  readonly experiment: (args: readonly string[]) => Promise<number>;
}

/** Studies name options in backticks; here they are flags. */
const withFlags = (message: string): string =>
  message.replaceAll(/`([a-z][A-Za-z]*)`/g, (_, option: string) => optionName(option));

const here = new URL('.', import.meta.url);

const names = readdirSync(here)
  .filter(file => file.endsWith('.ts') && file !== 'run.ts')
  .map(file => file.slice(0, -'.ts'.length))
  .toSorted();

const [name, ...args] = process.argv.slice(2);
if (!names.includes(name)) {
  if (name && name !== '--help') console.error(`unknown experiment '${name}'`);
  console.error(
    `usage: npm run experiment -- NAME [--help] [options]\nexperiments: ${names.join(', ')}`,
  );
  process.exit(name === undefined || name === '--help' ? 0 : 2);
}
const { experiment } = (await import(new URL(`${name}.ts`, here).href)) as Experiment;
try {
  process.exitCode = await experiment(args);
} catch (error) {
  console.error(`${name}: ${withFlags((error as Error).message)}`);
  process.exitCode = 2;
}
