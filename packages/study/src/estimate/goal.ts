import type { MatrixProduct } from '@nads/linalg';
import {
  fewestForStability,
  hasResponse,
  stability,
  type NetworkProbe,
  type Tally,
} from '@nads/probe';
import { requireWhole } from '../require-whole.js';

/** When an estimate has enough networks. */
export interface GoalOptions {
  /** So many; by stability if not given. */
  readonly networks?: number;
  /** Until the half-split overlap of the leading subspace reaches this; .95 if neither is given. */
  readonly until?: number;
  /** Dimension of that subspace. */
  readonly top?: number;
  /** Where `until` gives up. */
  readonly maxNetworks?: number;
}

/** The overlap at which an estimate stops that nothing was said about. */
export const usualOverlap = 0.95;

/** So many networks whose outputs do not change at all: no more are tried. */
const hopeless = 16;

/** When to stop: after a number of networks, or when the leading subspace is stable enough. */
export class Goal {
  /** How far the leading subspace is known, in words. */
  note = '';
  /** The most networks that are drawn. */
  readonly most: number;
  /** Whether so many are drawn whatever comes of them. */
  readonly isFixed: boolean;
  private readonly probe: NetworkProbe;
  private readonly until: number | undefined;
  private readonly top: number;
  private readonly multiply: MatrixProduct;

  constructor(probe: NetworkProbe, options: GoalOptions, multiply: MatrixProduct) {
    const { networks, until, top = 10, maxNetworks = 1000 } = options;
    requireWhole({ networks, top, maxNetworks });
    this.probe = probe;
    this.multiply = multiply;
    this.most = networks ?? maxNetworks;
    this.isFixed = networks !== undefined;
    this.until = until ?? (networks === undefined ? usualOverlap : undefined);
    this.top = Math.min(top, probe.basis.size);
  }

  async reached(tally: Tally): Promise<boolean> {
    if (this.until === undefined || !isCheckpoint(tally.networks)) return false;
    if (tally.networks >= hopeless && !hasResponse(tally)) return true;
    const { basis, blocks } = this.probe;
    const [found] = await stability(tally, blocks, basis.size, [this.top], this.multiply);
    this.note = `half-split overlap ${found.halfSplitOverlap.toFixed(3)} at k = ${this.top}`;
    return found.halfSplitOverlap >= this.until;
  }
}

/** Numbers of networks at which stability is looked at: 4, 6, 8, 12, 16, 24, 32, 48 … */
function isCheckpoint(networks: number): boolean {
  if (networks < fewestForStability) return false;
  const power = 2 ** Math.floor(Math.log2(networks));
  return networks === power || networks === 1.5 * power;
}
