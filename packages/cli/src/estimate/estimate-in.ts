import type { Pool } from '@nads/runtime';
import { estimate as study, type Estimate } from '@nads/study';
import { FolderStore, loadModel, nodeEnvironment } from '@nads/study/node';
import { duration } from '../terminal/progress.js';
import { speaker, warn } from '../terminal/say.js';
import { watched } from '../terminal/watched.js';
import { describePlan } from './describe-plan.js';
import { settingsOf, type EstimateFlags } from './options.js';

/** Runs `nads estimate` in a pool of the caller's. */
export async function estimateIn(pool: Pool, file: string, flags: EstimateFlags): Promise<void> {
  const { out, networks, quiet } = flags;
  const say = speaker(quiet);
  const store = new FolderStore(out);
  const source = loadModel(file);
  const settings = settingsOf(source, flags);
  const writing = import('./write-estimate.js'); // loads while the networks are drawn
  const { result, isInterrupted } = await watched(quiet, watch =>
    study(source, settings, {
      ...nodeEnvironment(),
      ...watch,
      pool,
      store,
      onPlan: plan => say(describePlan(plan, networks)),
    }),
  );
  if (isInterrupted) warn(interrupted(result));
  if (!result) return;
  const { writeEstimate } = await writing;
  await writeEstimate(store, result);
  const seconds = performance.now() / 1000;
  say(`${result.tally.networks} network(s) in ${duration(seconds)}, written to ${out}`);
}

/** What an interruption leaves. */
const interrupted = (result: Estimate | undefined): string =>
  result
    ? `interrupted after ${result.tally.networks} network(s); continue with the same command and --resume`
    : 'interrupted before the first network was done; nothing was written';
