import { formatAddress, type Address, type Basis } from '@nads/basis';
import { writeModel } from '@nads/onnx';
import type { Architecture, DirectionResult, DirectionTask } from '@nads/train';
import type { SweepSetup } from '@nads/train/services';
import { poolOf, type Environment } from '../environment.js';
import { inTurns } from '../in-turns.js';
import { about } from '../named-error.js';
import { Pace } from '../pace.js';
import { Journal } from './journal.js';
import {
  directionTask,
  planSweep,
  type SweepPlan,
  type SweepSettings,
  type SweepTask,
} from './plan-sweep.js';
import { sweepFiles } from './sweep-files.js';
import type { Sweep } from './swept.js';

/** What will be done. */
export interface SweepForecast {
  readonly architecture: Architecture;
  /** Networks that are wanted. */
  readonly networks: number;
  /** Number of these already trained by an earlier run. */
  readonly done: number;
}

/** How a sweep is monitored and stopped. */
export interface SweepEnvironment extends Environment {
  readonly onPlan?: (forecast: SweepForecast) => void;
}

/**
 * Trains a network for each direction and seed on D(v) (Ortiz-Jiménez et al. 2020) and tests it on other images of D(v).
 * Results do not depend on the pool. Each is kept in the store's journal.jsonl as it comes, and now and then in results.csv
 * and a picture; what is there is not done again. Where its signal is aborted, what is done by then.
 * @param architecture or the name of one of `@nads/train`
 * @throws where the journal belongs to another sweep; Diverged, naming direction and seed; OptionError for settings that do
 * not fit
 */
export async function sweep(
  architecture: Architecture | string,
  basis: Basis,
  addresses: readonly Address[],
  settings: SweepSettings,
  environment: SweepEnvironment,
): Promise<Sweep> {
  const plan = await planSweep(architecture, basis, addresses, settings);
  const { store, onPlan, onWarning } = environment;
  await store?.ready();
  const journal = await Journal.open(store, plan.identity, basis);
  const left = plan.tasks.filter(({ address, seed }) => !journal.has(address.index, seed));
  const networks = plan.tasks.length;
  onPlan?.({ architecture: plan.architecture, networks, done: networks - left.length });
  if (left.length > 0) await trainAll(plan, left, journal, environment);
  const result = resultOf(plan, journal);
  await store?.write(sweepFiles(result, onWarning));
  return result;
}

function resultOf(plan: SweepPlan, journal: Journal): Sweep {
  const { architecture, basis, recipe, identity, tasks } = plan;
  return {
    architecture,
    basis,
    recipe,
    identity,
    entries: journal.entries,
    networks: tasks.length,
    trained: tasks.filter(({ address, seed }) => journal.has(address.index, seed)).length,
  };
}

async function trainAll(
  plan: SweepPlan,
  left: readonly SweepTask[],
  journal: Journal,
  environment: SweepEnvironment,
): Promise<void> {
  const { signal, store, onProgress, onWarning } = environment;
  const pool = poolOf(environment);
  const job = pool.begin<DirectionTask, DirectionResult>('networks-along', setupOf(plan));
  const stop = (): void => void job.end();
  signal?.addEventListener('abort', stop);
  let done = 0;
  const pace = new Pace();
  const trainOne = async (task: SweepTask): Promise<void> => {
    const { address, seed } = task;
    const result = await about(`direction ${formatAddress(address)}, seed ${seed}`, () =>
      job.run(directionTask(plan, task)),
    ).catch((error: Error) => {
      if (!signal?.aborted) throw error;
    });
    if (!result) return;
    await journal.add({ index: address.index, seed, ...result });
    onProgress?.({ unit: 'networks', done: ++done, total: left.length });
    if (pace.isDue)
      await pace.save(async () => store?.write(sweepFiles(resultOf(plan, journal), onWarning)));
  };
  try {
    // one more than are worked on, so that no worker waits
    await inTurns(left, pool.size + 1, trainOne, signal);
  } finally {
    signal?.removeEventListener('abort', stop);
    await job.end();
  }
}

const setupOf = ({ architecture, model, recipe }: SweepPlan): SweepSetup => ({
  model: writeModel(model),
  name: architecture.name,
  init: architecture.init,
  recipe,
});
