import type { ImageShape, Rows } from '@nads/basis';
import type { Layout } from '@nads/basis';
import type { FurtherNetworks } from './further-networks.js';
import type { HeadTreatment } from './head-treatment.js';
import type { LocalPlan } from './local/local-plan.js';
import type { Subnetwork, TailSubnetwork } from './subnetwork.js';
import type { SymmetryGroup } from './symmetry-group.js';

/** All that it takes to probe network number n; plain data, so that it can be sent to a worker. */
export interface Plan {
  /** What is measured of a network: secants of step h, or exact gradients (their limit for h → 0). */
  readonly probe: 'secant' | 'gradient';
  /** The network, or its body where it has a tail; for gradients, its derivative. */
  readonly body: Subnetwork;
  readonly tail?: TailSubnetwork;
  /** The body in pieces that are run on boxes of maps, where that takes less. */
  readonly local?: LocalPlan;
  /** None beside a tail. */
  readonly further?: FurtherNetworks;
  /** As `parseInit` reads it. */
  readonly init: string;
  readonly seed: number;
  readonly layout: Layout;
  readonly shape: ImageShape;
  /** Images in one run: even, or the file's own fixed batch. */
  readonly batch: number;
  /** Directions that are probed, as `parseBasis` reads them. */
  readonly basis: string;
  /** What is in the file that `basis` names. */
  readonly rows?: Rows;
  /** Channels, from the first on, that are probed. */
  readonly probedChannels: number;
  /** Fixed points [n, C, H, W], averaged over. */
  readonly points: readonly Float32Array[];
  /** h; 0 for gradients. */
  readonly step: number;
  readonly head: HeadTreatment;
  readonly group: SymmetryGroup;
}
