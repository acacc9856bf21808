import { constants } from 'node:os';
import { join } from 'node:path';
import { writeModel, type Model } from '@nads/onnx';
import { nodeRuntime } from '@nads/runtime/node';
import {
  architectureOf,
  toOnnx,
  trainAlong,
  type Architecture,
  type DirectionTask,
  type Recipe,
} from '@nads/train';
import { chooseBackend, directionPool } from '@nads/train/node';
import { chosenIndices } from '../directions/chosen-indices.js';
import { sweepBasis, type ImageSizes, type SweepBasis } from '../directions/sweep-directions.js';
import { requireFolder, writeTogether } from '../files/write-file.js';
import { interruptionBySignal } from '../messages/interruption.js';
import { duration, Progress } from '../messages/progress.js';
import { accuracyChart, accuracyMap, resultsTable } from './sweep-files.js';
import { Journal, type JournalEntry, type SweepIdentity } from './sweep-journal.js';

/** What `nads sweep` is told. */
export interface SweepOptions extends Omit<Recipe, 'dims'> {
  readonly basis: string;
  readonly indices?: string;
  readonly seeds: readonly number[];
  readonly channels: number;
  readonly size: readonly [number, number];
  readonly pooling: boolean;
  readonly out: string;
  readonly workers: number;
  readonly dryRun?: boolean;
  readonly quiet?: boolean;
}

/** A sweep made ready. */
interface Plan {
  readonly architecture: Architecture;
  readonly basis: SweepBasis;
  /** The exported architecture, its weights still to be drawn. */
  readonly model: Model;
  readonly recipe: Recipe;
  readonly identity: SweepIdentity;
  readonly jobs: readonly Job[];
}

interface Job {
  readonly index: number;
  readonly seed: number;
}

/** Trains a network for each direction and seed, and writes how well it learnt; goes on where an earlier run stopped. */
export async function sweep(name: string, options: SweepOptions): Promise<void> {
  const plan = await prepare(name, options);
  if (plan.basis.note) process.stderr.write(`${plan.basis.note}\n`);
  if (options.dryRun) {
    process.stdout.write(await estimateTime(plan, options));
    return;
  }
  requireFolder(options.out, '--out');
  const journal = new Journal(join(options.out, 'journal.jsonl'), plan.identity);
  const left = plan.jobs.filter(({ index, seed }) => !journal.has(index, seed));
  await runAll(plan, left, journal, options);
}

async function prepare(name: string, options: SweepOptions): Promise<Plan> {
  const architecture = architectureOf(name);
  const { channels, pooling, seeds, sigma, epsilon } = options;
  const [height, width] = options.size;
  const sizes: ImageSizes = { channels, height, width };
  requirePositive({ sigma, epsilon });
  const basis = sweepBasis(options.basis, sizes, 0);
  const indices = chosenIndices(options.indices, basis);
  for (const index of indices) basis.direction(index);
  await chooseBackend('cpu');
  const model = toOnnx(architecture.build({ ...sizes, classes: 2 }, pooling));
  const recipe = recipeOf(options);
  const { dims, ...rest } = recipe;
  const image = dims.join('x');
  const settings = { ...rest, image, pooling };
  return {
    architecture,
    basis,
    model,
    recipe,
    identity: { architecture: name, basis: options.basis, ...settings },
    jobs: indices.flatMap(index => seeds.map(seed => ({ index, seed }))),
  };
}

function requirePositive(values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values))
    if (!(value > 0)) throw new Error(`--${name} ${value}: expected a number above 0`);
}

function recipeOf(options: SweepOptions): Recipe {
  const { sigma, epsilon, train, test, epochs, batch, rate, momentum, weightDecay, clip } = options;
  const dims = [options.channels, ...options.size] as const;
  return { dims, sigma, epsilon, train, test, epochs, batch, rate, momentum, weightDecay, clip };
}

function described({ architecture, jobs }: Plan, left: number): string {
  const there = jobs.length - left;
  const before = there > 0 ? `, ${there} of them there already` : '';
  return `${architecture.title}: ${jobs.length} network(s) to train${before}\n`;
}

const taskOf = ({ basis }: Plan, { index, seed }: Job): DirectionTask => ({
  direction: basis.direction(index).vector,
  seed,
});

async function runAll(
  plan: Plan,
  left: readonly Job[],
  journal: Journal,
  options: SweepOptions,
): Promise<void> {
  const { architecture, model, recipe } = plan;
  const pool = directionPool(Math.max(1, Math.min(options.workers, left.length)));
  const { name, init } = architecture;
  pool.assign({ model: writeModel(model), name, init, recipe });
  const interruption = interruptionBySignal();
  if (!options.quiet) process.stderr.write(described(plan, left.length));
  const progress = new Progress('networks', options.quiet);
  const closed = new Promise<void>(resolve =>
    interruption.signal.addEventListener('abort', () => resolve(pool.close())),
  );
  let done = 0;
  try {
    await Promise.all(
      left.map(async job => {
        const result = await pool.run(taskOf(plan, job)).catch((error: Error) => {
          if (interruption.signal.aborted) return undefined;
          throw new Error(`direction ${job.index}, seed ${job.seed}: ${error.message}`);
        });
        if (!result) return;
        journal.add({ ...job, ...result });
        writeResults(plan, journal.entries, options);
        progress.update(++done, left.length);
      }),
    );
  } finally {
    progress.end();
    interruption.stop();
    await (interruption.signal.aborted ? closed : pool.close());
  }
  writeResults(plan, journal.entries, options);
  report(journal.entries, plan, options, interruption.signal);
}

function writeResults(
  { basis, identity, architecture }: Plan,
  entries: readonly JournalEntry[],
  { out, sigma, epsilon }: SweepOptions,
): void {
  const title = `${architecture.name}, ${identity.basis}, sigma ${sigma}, epsilon ${epsilon}`;
  const picture =
    basis.side === undefined
      ? ([join(out, 'accuracy.svg'), accuracyChart(entries, title, basis)] as const)
      : ([join(out, 'accuracy.png'), accuracyMap(entries, title, basis.side)] as const);
  const table = [join(out, 'results.csv'), resultsTable(entries, identity, basis)] as const;
  writeTogether(entries.length > 0 ? [table, picture] : [table]);
}

function report(
  entries: readonly JournalEntry[],
  { jobs }: Plan,
  { out }: SweepOptions,
  signal: AbortSignal,
): void {
  const trained = jobs.filter(({ index, seed }) =>
    entries.some(entry => entry.index === index && entry.seed === seed),
  ).length;
  if (signal.aborted) {
    process.exitCode = 128 + constants.signals[signal.reason as NodeJS.Signals];
    process.stderr.write(
      `nads: interrupted; ${trained} of ${jobs.length} network(s) are in ${out}, the same command goes on\n`,
    );
    return;
  }
  process.stdout.write(`${trained} network(s), written to ${join(out, 'results.csv')}\n`);
}

/** Steps that are timed for `--dry-run`. */
const timedSteps = 8;

async function estimateTime(plan: Plan, { workers }: SweepOptions): Promise<string> {
  const { model, architecture, recipe, jobs } = plan;
  const few = { ...recipe, train: timedSteps * recipe.batch, test: recipe.batch, epochs: 1 };
  const times: number[] = [];
  await trainAlong(model, architecture.init, few, taskOf(plan, jobs[0]), {
    runtime: nodeRuntime,
    threads: 1,
    onStep: () => times.push(performance.now()),
  });
  const perStep = (times[times.length - 1] - times[1]) / (times.length - 2) / 1000;
  const steps = Math.ceil(recipe.train / recipe.batch) * recipe.epochs;
  const all = (jobs.length * steps * perStep) / Math.min(workers, jobs.length);
  return (
    `${jobs.length} network(s) of ${steps} steps, ${(1000 * perStep).toPrecision(3)} ms a step on one thread: ` +
    `about ${duration(all)} with ${Math.min(workers, jobs.length)} worker(s)\n`
  );
}
