import type { Pool } from '@nads/runtime';
import {
  estimate as study,
  type Estimate,
  type EstimateSettings,
  type SourceModel,
  type Store,
} from '@nads/study';
import { nodeEnvironment } from '@nads/study/node';
import { duration } from '../terminal/progress.js';
import { runInFolder } from '../terminal/run-in-folder.js';
import { caution, speaker, warn } from '../terminal/say.js';
import { unresolvedSecants } from '../terminal/unresolved-secants.js';
import { watched } from '../terminal/watched.js';
import { describePlan } from './describe-plan.js';
import { openOutput } from '../terminal/open-output.js';
import { settingsOf, type EstimateFlags } from './options.js';

/** Runs `nads estimate` in a pool of the caller's. */
export async function estimateIn(pool: Pool, file: string, flags: EstimateFlags): Promise<void> {
  const source = openOutput(file, flags);
  const settings = settingsOf(source, flags);
  const files = { main: 'nads.npz', state: 'tally.npz' };
  const run = { command: 'estimate', flags, ...files, extensible };
  await runInFolder(run, store => estimateInto(store, pool, { source, settings, flags }));
}

/** Options that the sums over networks do not depend on. */
const extensible = ['networks', 'maxNetworks', 'until', 'top', 'save'];

/** What is estimated, and how. */
interface Task {
  readonly source: SourceModel;
  readonly settings: EstimateSettings;
  readonly flags: EstimateFlags;
}

/** False where it was interrupted. */
async function estimateInto(
  store: Store,
  pool: Pool,
  { source, settings, flags }: Task,
): Promise<boolean> {
  const { out, networks, quiet } = flags;
  const say = speaker(quiet);
  const writing = import('./write-estimate.js'); // loads while the networks are drawn
  const { result, isInterrupted } = await watched(quiet, watch =>
    study(source, settings, {
      ...nodeEnvironment(flags.provider),
      ...watch,
      pool,
      store,
      onPlan: plan => {
        say(describePlan(plan, networks));
        if (plan.unresolved) caution(unresolvedSecants(plan.unresolved, 'network', remedy));
      },
    }),
  );
  if (result) await (await writing).writeEstimate(store, result, flags);
  if (isInterrupted) warn(interrupted(result));
  if (!result) return false;
  const seconds = performance.now() / 1000;
  say(`${result.tally.networks} network(s) in ${duration(seconds)}, written to ${out}`);
  return !isInterrupted && hasConverged(result);
}

const remedy = ', or another --init with a larger gain';

/** Exit code where results are less certain than was asked for. */
const notConverged = 3;

/** Says where the leading subspace did not become as stable as was asked for. */
function hasConverged({ convergence, tally: { networks } }: Estimate): boolean {
  if (!convergence || convergence.converged) return true;
  const { top, asked, reached } = convergence;
  warn(
    `not converged: the half-split overlap at k = ${top} is ${reached?.toFixed(3) ?? 'unknown'} after ${networks} network(s), ${asked} was asked for; go on with a larger --max-networks and --resume`,
  );
  process.exitCode = notConverged;
  return false;
}

/** What an interruption leaves. */
const interrupted = (result: Estimate | undefined): string =>
  result
    ? `interrupted after ${result.tally.networks} network(s); continue with the same command and --resume`
    : 'interrupted before the first network was done; nothing was written';
