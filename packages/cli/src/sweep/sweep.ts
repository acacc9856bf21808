import { join } from 'node:path';
import { chosenAddresses, type Address, type Basis } from '@nads/basis';
import {
  planSweep,
  sweep as study,
  timeSweep,
  type Store,
  type SweepForecast,
  type SweepSettings,
  type SweepTime,
} from '@nads/study';
import { nodeEnvironment, threadPool } from '@nads/study/node';
import type { QueueFlags } from '../commands/queue-options.js';
import { studyPool } from '../queue/study-pool.js';
import { closePool } from '../terminal/close-pool.js';
import { openBasis } from '../terminal/open-basis.js';
import { duration } from '../terminal/progress.js';
import { runInFolder, type FolderFlags } from '../terminal/run-in-folder.js';
import { speaker, warn } from '../terminal/say.js';
import { watched } from '../terminal/watched.js';
import { show, type ShowFlags } from '../terminal/show.js';

/** Options of `nads sweep`. */
export interface SweepFlags extends FolderFlags, QueueFlags, ShowFlags, SweepSettings {
  readonly basis: string;
  readonly indices?: string;
  readonly seeds: readonly number[];
  readonly channels: number;
  readonly size: readonly [height: number, width: number];
  readonly workers: number;
  readonly dryRun?: boolean;
  readonly quiet?: boolean;
}

/** Runs `nads sweep`. */
export async function sweep(name: string, flags: SweepFlags): Promise<void> {
  const { channels, seeds } = flags;
  const [height, width] = flags.size;
  const basis = openBasis(flags.basis, { channels, height, width });
  const chosen = chosenAddresses(flags.indices, basis, 'indices');
  const workers = Math.min(flags.workers, chosen.length * seeds.length);
  if (flags.dryRun) {
    const plan = await planSweep(name, basis, chosen, flags);
    const time = await timeSweep(plan, nodeEnvironment().runtime);
    show(flags, [describeTime(time, workers)], { ...time, workers });
  } else {
    const run = { command: 'sweep', flags: { ...flags, architecture: name }, main: 'results.csv' };
    await runInFolder({ ...run, state: 'journal.jsonl', resume: true }, store =>
      sweepInto(store, name, basis, chosen, { ...flags, workers }),
    );
  }
}

/** False where it was interrupted. */
async function sweepInto(
  store: Store,
  name: string,
  basis: Basis,
  chosen: readonly Address[],
  flags: SweepFlags,
): Promise<boolean> {
  const { out, quiet, workers } = flags;
  const pool = await studyPool(flags, () => threadPool(workers, 'networks-along'));
  try {
    const { result, isInterrupted } = await watched(quiet, watch =>
      study(name, basis, chosen, flags, {
        ...nodeEnvironment(),
        ...watch,
        pool,
        store,
        onPlan: forecast => speaker(quiet)(describe(forecast)),
      }),
    );
    const { trained, networks } = result!;
    if (isInterrupted)
      warn(
        `interrupted; ${trained} of ${networks} network(s) are in ${out}; run the same command to continue`,
      );
    else {
      const results = join(out, 'results.csv');
      show(flags, [`${trained} network(s), written to ${results}`], { trained, networks, results });
    }
    return !isInterrupted;
  } finally {
    await closePool(pool);
  }
}

function describe({ architecture, networks, done }: SweepForecast): string {
  const before = done > 0 ? `, ${done} of them already done` : '';
  return `${architecture.title}: ${networks} network(s) to train${before}`;
}

function describeTime(
  { networks, stepsPerNetwork, secondsPerStep }: SweepTime,
  workers: number,
): string {
  const all = (networks * stepsPerNetwork * secondsPerStep) / workers;
  return (
    `${networks} network(s) of ${stepsPerNetwork} steps, ${(1000 * secondsPerStep).toPrecision(3)} ms per step on one thread: ` +
    `about ${duration(all)} with ${workers} worker(s)\n`
  );
}
