import {
  NetworkProbe,
  prepare,
  dryRun,
  type DryRun,
  type EstimateOptions,
  type LocalPlan,
  type Plan,
  type Preparation,
} from '@nads/probe';
import { poolOf, type Environment } from '../environment.js';
import { about } from '../named-error.js';
import type { SourceModel } from '../source-model.js';
import { memoryOf, requireMemory } from './memory.js';

/** An estimate that has been tried out: what will be done, and what it costs. */
export interface EstimatePlan {
  readonly preparation: Preparation;
  readonly probe: NetworkProbe;
  /** Of one image in one run, measured on the first network. */
  readonly secondsPerImage: number;
  /** Share of the first network's secants that float32 cannot resolve, of some that were looked at; not known of gradients. */
  readonly unresolved?: number;
  /** Networks that are worked on at a time; not known where workers are on other machines. */
  readonly workers?: number;
  /** Bytes that it takes on this machine, about. */
  readonly memory: number;
}

/**
 * Plans an estimate and runs its first network on a few images; if outputs depend on the other images of the batch, each
 * image then gets its own run. Where crops of maps do not give what whole images give, networks are run on whole images.
 * @throws where the model cannot be analysed, or the estimate needs more memory than there is; the signal's reason
 */
export async function planEstimate(
  source: SourceModel,
  options: EstimateOptions,
  environment: Environment,
): Promise<EstimatePlan> {
  const { name, model } = source;
  const { signal } = environment;
  const { size, isRemote } = poolOf(environment);
  const here = isRemote ? 0 : size;
  const prepared = about(name, () => prepare(model, options));
  requireMemory(name, prepared, here, environment.memory);
  const trial = new NetworkProbe(prepared.plan, environment.runtime);
  const found = await about(name, () => tryOut(prepared.plan, trial, environment)).catch(
    (error: Error) => {
      signal?.throwIfAborted(); // whatever its reason is, it is not the model's
      throw error;
    },
  );
  const preparation = afterTrial(prepared, found);
  const probe =
    preparation === prepared ? trial : new NetworkProbe(preparation.plan, environment.runtime);
  const { secondsPerImage, unresolved } = found;
  const memory = memoryOf(preparation, here);
  const workers = isRemote ? undefined : size;
  return { preparation, probe, secondsPerImage, unresolved, workers, memory };
}

/** A dry run in this thread; in a worker where the runtime takes long to start, as workers have begun to start theirs. */
async function tryOut(
  plan: Plan,
  trial: NetworkProbe,
  { runtime, pool, signal }: Environment,
): Promise<DryRun> {
  if (!pool || pool.isRemote || !runtime.slowSessions) return dryRun(trial, plan, signal);
  signal?.throwIfAborted();
  const job = pool.begin<null, DryRun>('trials', plan);
  const stop = (): void => void job.end();
  signal?.addEventListener('abort', stop);
  try {
    return await job.run(null);
  } finally {
    signal?.removeEventListener('abort', stop);
    await job.end();
  }
}

/** What is planned once a network was tried out. */
function afterTrial(
  prepared: Preparation,
  { independent, agreement, obstacle }: DryRun,
): Preparation {
  if (!independent) return oneByOne(onWholeImages(prepared));
  if (agreement === 'none')
    return onWholeImages(prepared, obstacle ?? 'crops did not give what whole images gave');
  if (!agreement || agreement === 'exact') return prepared;
  return withCrops(prepared, local => local && { ...local, rounds: true });
}

const onWholeImages = (preparation: Preparation, localityNote?: string): Preparation => ({
  ...withCrops(preparation, () => undefined),
  locality: undefined,
  localityNote,
});

/** The same plan with crops as they are changed, for the networks of the plan and the further ones. */
function withCrops(
  preparation: Preparation,
  change: (local: LocalPlan | undefined) => LocalPlan | undefined,
): Preparation {
  const { local, further, ...plan } = preparation.plan;
  return {
    ...preparation,
    plan: {
      ...plan,
      local: change(local),
      ...(further && { further: { ...further, local: change(further.local) } }),
    },
  };
}

function oneByOne(preparation: Preparation): Preparation {
  const plan: Plan = { ...preparation.plan, batch: 1 };
  const obstacle = 'the images of a batch influence each other';
  return { ...preparation, plan, batch: { ...preparation.batch, obstacle } };
}
