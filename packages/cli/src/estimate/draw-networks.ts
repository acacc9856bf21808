import type { MatrixProduct } from '@nads/linalg';
import {
  fewestForStability,
  sample,
  stability,
  type NetworkProbe,
  type Preparation,
  type Tally,
} from '@nads/probe';
import type { WorkerPool } from '@nads/probe/node';
import { explainLater } from '../messages/explain.js';
import { Progress } from '../messages/progress.js';

interface Options {
  readonly networks?: number;
  readonly until?: number;
  readonly top: number;
  readonly maxNetworks: number;
  readonly quiet?: boolean;
  readonly interruption: AbortSignal;
}

/** Seconds between two saves of what was done so far. */
const savingInterval = 30;

/** Draws networks in worker threads until there are enough, or it is interrupted. */
export async function drawNetworks(
  file: string,
  { plan }: Preparation,
  probe: NetworkProbe,
  pool: WorkerPool,
  tally: Tally,
  options: Options,
  multiply: MatrixProduct,
  save: () => void,
): Promise<void> {
  const goal = new Goal(probe, options, multiply);
  pool.assign(plan);
  const progress = new Progress('networks', options.quiet);
  let saved = performance.now();
  try {
    await sample(tally, {
      contribution: index => explainLater(file, () => pool.contribution(index)),
      ahead: pool.ahead,
      most: mostNetworks(options),
      enough: sofar => goal.reached(sofar),
      interruption: options.interruption,
      onNetwork: ({ networks }) => {
        progress.update(networks, options.networks, goal.note);
        if (performance.now() - saved < savingInterval * 1000) return;
        save();
        saved = performance.now();
      },
    });
  } finally {
    progress.end();
  }
}

const mostNetworks = ({ networks, maxNetworks }: Options): number => networks ?? maxNetworks;

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
    const { networks, until } = this.options;
    if (networks !== undefined && until === undefined) return false;
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
