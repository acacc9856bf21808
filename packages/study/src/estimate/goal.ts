import { OptionError, type MatrixProduct } from '@nads/linalg';
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
  /** Dimension of that subspace; 10 if not given. */
  readonly top?: number;
  /** Where `until` gives up; 1000 if not given. */
  readonly maxNetworks?: number;
}

/** The overlap at which an estimate stops that nothing was said about. */
export const usualOverlap = 0.95;

/** So many networks whose outputs do not change at all: no more are tried. */
const hopeless = 16;

/** Whether the leading subspace became as stable as was asked for. */
export interface Convergence {
  readonly converged: boolean;
  /** Dimension of the subspace. */
  readonly top: number;
  /** Half-split overlaps; what was reached is not known of fewer than four networks. */
  readonly asked: number;
  readonly reached?: number;
}

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
    requireOneEnd(options);
    this.probe = probe;
    this.multiply = multiply;
    this.most = networks ?? maxNetworks;
    this.isFixed = networks !== undefined;
    this.until = until ?? (networks === undefined ? usualOverlap : undefined);
    this.top = Math.min(top, probe.basis.size);
  }

  /** What came of it; undefined where a number of networks was asked for. */
  async outcome(tally: Tally): Promise<Convergence | undefined> {
    if (this.until === undefined) return undefined;
    const reached = await this.overlapOf(tally);
    const { until: asked, top } = this;
    return { converged: reached !== undefined && reached >= asked, top, asked, reached };
  }

  async reached(tally: Tally): Promise<boolean> {
    if (this.until === undefined || !isCheckpoint(tally.networks)) return false;
    if (tally.networks >= hopeless && !hasResponse(tally)) return true;
    const overlap = (await this.overlapOf(tally))!;
    this.note = `half-split overlap ${overlap.toFixed(3)} at k = ${this.top}`;
    return overlap >= this.until;
  }

  private async overlapOf(tally: Tally): Promise<number | undefined> {
    const { basis, blocks } = this.probe;
    const [found] = await stability(tally, blocks, basis.size, [this.top], this.multiply);
    return found?.halfSplitOverlap;
  }
}

/** @throws OptionError where options that end an estimate contradict each other */
function requireOneEnd({ networks, until }: GoalOptions): void {
  if (networks !== undefined && until !== undefined)
    throw new OptionError(
      'until',
      '`networks` draws so many whatever their stability; give one of them, or `maxNetworks` as a limit',
    );
}

/** Numbers of networks at which stability is looked at: 4, 6, 8, 12, 16, 24, 32, 48 … */
function isCheckpoint(networks: number): boolean {
  if (networks < fewestForStability) return false;
  const power = 2 ** Math.floor(Math.log2(networks));
  return networks === power || networks === 1.5 * power;
}
