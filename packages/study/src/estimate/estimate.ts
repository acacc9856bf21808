import { OptionError } from '@nads/linalg';
import { directions, emptyTally, type Preparation } from '@nads/probe';
import { matrixProduct } from '@nads/runtime';
import type { Environment } from '../environment.js';
import { about } from '../named-error.js';
import { Pace } from '../pace.js';
import { requireAtMost } from '../require-at-most.js';
import type { SourceModel } from '../source-model.js';
import type { Store } from '../store.js';
import { drawNetworks, type Meanwhile } from './draw-networks.js';
import type { Estimate, EstimateSettings } from './estimated.js';
import { Goal } from './goal.js';
import { keepSoFar, knownSoFar, removeSoFar } from './keep-so-far.js';
import { planEstimate, type EstimatePlan } from './plan-estimate.js';
import { poolFor } from './pool-for.js';
import { encodeTally, readTally, tallyFile, tallyIdentity } from './tally-codec.js';

/** How an estimate is monitored and stopped. */
export interface EstimateEnvironment extends Environment {
  /** Called with the plan and its cost, before the first network. */
  readonly onPlan?: (plan: EstimatePlan) => void;
  /** Called with the leading directions that are known so far, once a second at most. */
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
  const found = async (most = k): Promise<Estimate> => ({
    source,
    settings,
    preparation,
    unresolved,
    tally,
    directions: await about(source.name, () =>
      directions(tally, probe.basis, probe.blocks, Math.min(k, most), multiply),
    ),
    convergence: await goal.outcome(tally),
    runtime: runtime.name,
  });
  const withSoFar = (use: (sofar: Estimate) => void | Promise<void>) => async (): Promise<void> => {
    const sofar = await knownSoFar(found);
    if (sofar) await use(sofar);
  };
  const meanwhile: Meanwhile[] = [];
  if (store)
    meanwhile.push(
      { pace: new Pace(), work: keep },
      {
        pace: new Pace({ interval: 10, share: 0.02 }),
        work: withSoFar(sofar => keepSoFar(store, sofar)),
      },
    );
  if (onEstimate)
    meanwhile.push({ pace: new Pace({ interval: 1, share: 0.1 }), work: withSoFar(onEstimate) });
  await drawNetworks(source.name, plan, goal, tally, { ...environment, pool }, meanwhile);
  if (tally.networks === 0) signal?.throwIfAborted();
  const kept = keep(); // written while directions are found
  kept.catch(() => {}); // surfaces here:
  const result = await found().finally(() => kept);
  if (store) await removeSoFar(store);
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
