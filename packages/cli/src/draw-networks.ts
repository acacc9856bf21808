import {
  fewestForStability,
  sample,
  stability,
  type NetworkProbe,
  type Preparation,
  type Tally,
} from '@nads/probe';
import type { MatrixProduct } from '@nads/runtime';
import { WorkerPool } from '@nads/probe/node';
import { explainLater } from './explain.js';
import { Progress } from './progress.js';

interface Options {
  readonly workers: number;
  readonly networks?: number;
  readonly until?: number;
  readonly top: number;
  readonly maxNetworks: number;
  readonly quiet?: boolean;
}

/** Seconds between two saves of what was done so far. */
const savingInterval = 30;

/**
 * Draws networks in worker threads until there are enough; Ctrl-C ends it early.
 * @returns the signal that interrupted it, if one did.
 */
export async function drawNetworks(
  file: string,
  { plan }: Preparation,
  probe: NetworkProbe,
  tally: Tally,
  options: Options,
  multiply: MatrixProduct,
  save: () => void,
): Promise<NodeJS.Signals | undefined> {
  const interruption = interruptionBySignal();
  const goal = new Goal(probe, options, multiply);
  const pool = new WorkerPool(plan, neededWorkers(tally, options));
  const progress = new Progress('networks', options.quiet);
  let saved = performance.now();
  try {
    await sample(tally, {
      contribution: index => explainLater(file, () => pool.contribution(index)),
      ahead: pool.ahead,
      enough: sofar => goal.reached(sofar),
      interruption: interruption.signal,
      onNetwork: ({ networks }) => {
        progress.update(networks, options.networks, goal.note);
        if (performance.now() - saved < savingInterval * 1000) return;
        save();
        saved = performance.now();
      },
    });
  } finally {
    progress.end();
    interruption.stop();
    await pool.close();
  }
  return interruption.signal.reason as NodeJS.Signals | undefined;
}

/** No more workers than there are networks to draw. */
function neededWorkers({ networks }: Tally, options: Options): number {
  const most = options.networks ?? options.maxNetworks;
  return Math.min(options.workers, Math.max(0, most - networks));
}

/** When to stop: after a number of networks, or when the leading subspace is stable enough. */
class Goal {
  note = '';
  private readonly probe: NetworkProbe;
  private readonly options: Options;
  private readonly multiply: MatrixProduct;

  constructor(probe: NetworkProbe, options: Options, multiply: MatrixProduct) {
    this.probe = probe;
    this.options = options;
    this.multiply = multiply;
  }

  async reached(tally: Tally): Promise<boolean> {
    const { networks, until, maxNetworks } = this.options;
    if (networks !== undefined && until === undefined) return tally.networks >= networks;
    if (tally.networks >= (networks ?? maxNetworks)) return true;
    return isCheckpoint(tally.networks) && (await this.overlap(tally)) >= (until ?? 0.95);
  }

  private async overlap(tally: Tally): Promise<number> {
    const { basis, blocks } = this.probe;
    const top = Math.min(this.options.top, basis.size);
    const [found] = await stability(tally, blocks, basis.size, [top], this.multiply);
    this.note = `half-split overlap ${found.halfSplitOverlap.toFixed(3)} at k = ${top}`;
    return found.halfSplitOverlap;
  }
}

/** Numbers of networks at which stability is looked at: 4, 6, 8, 12, 16, 24, 32, 48 … */
function isCheckpoint(networks: number): boolean {
  if (networks < fewestForStability) return false;
  const power = 2 ** Math.floor(Math.log2(networks));
  return networks === power || networks === 1.5 * power;
}

/** Turns Ctrl-C into an orderly stop; a second one ends the process at once. */
function interruptionBySignal() {
  const controller = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => controller.abort(signal);
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    stop() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
