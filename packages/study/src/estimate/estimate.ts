import { OptionError } from '@nads/linalg';
import {
  directions,
  emptyTally,
  type Directions,
  type EstimateOptions,
  type Preparation,
  type Tally,
} from '@nads/probe';
import { matrixProduct } from '@nads/runtime';
import type { Environment } from '../environment.js';
import { about } from '../named-error.js';
import { requireAtMost } from '../require-at-most.js';
import type { SourceModel } from '../source-model.js';
import type { Store } from '../store.js';
import { drawNetworks } from './draw-networks.js';
import { Goal, type Convergence, type GoalOptions } from './goal.js';
import { planEstimate, type EstimatePlan } from './plan-estimate.js';
import { poolFor } from './pool-for.js';
import { encodeTally, readTally, tallyFile, tallyIdentity } from './tally-codec.js';

/** Settings of an estimate of NADs. */
export interface EstimateSettings extends EstimateOptions, GoalOptions {
  /** Number of NADs to compute; all of up to 1536 directions, otherwise 256 or fewer, if not given. */
  readonly save?: number;
  /** Continue from the state that an earlier run left in the store. */
  readonly resume?: boolean;
}

/** NADs of an architecture, and how they came about. */
export interface Estimate {
  readonly source: SourceModel;
  readonly settings: EstimateSettings;
  readonly preparation: Preparation;
  /** Share of the first network's secants that float32 cannot resolve, of some that were looked at. */
  readonly unresolved?: number;
  readonly directions: Directions;
  readonly tally: Tally;
  /** Whether the leading subspace became stable enough; undefined where a number of networks was asked for. */
  readonly convergence?: Convergence;
  /** Of the runtime. */
  readonly runtime: string;
}

/** How an estimate is monitored and stopped. */
export interface EstimateEnvironment extends Environment {
  /** Called with the plan and its cost, before the first network. */
  readonly onPlan?: (plan: EstimatePlan) => void;
  /** Called with what is known so far, once a second at most, and with what is known in the end. */
  readonly onEstimate?: (sofar: Estimate) => void;
}

/**
 * Neural anisotropy directions of a model's architecture with fresh weights (Ortiz-Jiménez et al. 2020). Where its signal
 * is aborted, those of the networks that are done by then; what was done is kept in the store.
 * @throws the signal's reason where it is aborted before the first network is done; an error where the model cannot be
 * analysed, naming the node and what to do; NoResponse where no output changes along any direction; OptionError for options that do not fit
 */
export async function estimate(
  source: SourceModel,
  settings: EstimateSettings,
  environment: EstimateEnvironment,
): Promise<Estimate> {
  const { runtime, store, signal, onPlan, onEstimate } = environment;
  const plan = await planEstimate(source, settings, environment);
  const { preparation, probe, unresolved } = plan;
  const { size } = probe.basis;
  requireAtMost('save', settings.save, { most: size, what: 'directions' });
  const multiply = await matrixProduct(runtime);
  const goal = new Goal(probe, settings, multiply);
  const identity = tallyIdentity(source, preparation.plan);
  const tally = settings.resume
    ? await readTally(resumable(store), identity, probe.blocks)
    : emptyTally(probe.blocks);
  const keep = async (): Promise<void> => store?.write([[tallyFile, encodeTally(tally, identity)]]);
  const pool = poolFor(plan, goal.most, environment);
  await store?.ready();
  onPlan?.({ ...plan, workers: pool.isRemote ? undefined : pool.size });
  const k = Math.min(settings.save ?? handyCount(preparation), size);
  const found = async (): Promise<Estimate> => ({
    source,
    settings,
    preparation,
    unresolved,
    tally,
    directions: await about(source.name, () =>
      directions(tally, probe.basis, probe.blocks, k, multiply),
    ),
    convergence: await goal.outcome(tally),
    runtime: runtime.name,
  });
  const show = onEstimate && (async () => onEstimate(await found()));
  await drawNetworks(source.name, plan, goal, tally, { ...environment, pool }, { keep, show });
  if (tally.networks === 0) signal?.throwIfAborted();
  await keep();
  const result = await found();
  onEstimate?.(result);
  return result;
}

function resumable(store: Store | undefined): Store {
  if (store) return store;
  throw new OptionError('resume', 'resuming needs a store');
}

/** Most numbers in an array of directions: 128 MB. */
const handy = 1 << 25;

/** All directions if that is fast and fits into memory, else the leading ones. */
function handyCount({ directions: n, image }: Preparation): number {
  const pixels = image.channels * image.height * image.width;
  const quick = n <= 1536 ? n : 256;
  return Math.max(16, Math.min(quick, Math.floor(handy / pixels / image.channels)));
}
