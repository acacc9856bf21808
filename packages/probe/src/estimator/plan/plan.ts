import type { Draw, Layout } from '@nads/onnx';
import type { ImageShape, Rows } from '@nads/basis';
import type { SymmetryGroup } from '../accumulate/symmetry-blocks.js';

/**
 * How the last layer is treated. `marginalised`: averaged over its distribution, exactly;
 * `sampled`: one output of one drawn layer, the paper's estimator; `outputs`: every output of the
 * drawn network is one draw.
 */
export type HeadTreatment =
  | { readonly kind: 'marginalised'; readonly mean: number; readonly variance: number }
  | { readonly kind: 'sampled' }
  | { readonly kind: 'outputs' };

/** A network, or a part of one, whose weights are external data: one location for each draw. */
export interface Subnetwork {
  readonly model: Uint8Array;
  readonly draws: readonly Draw[];
  readonly input: string;
  readonly output: string;
  /** Where it computes gradients: what ∂s/∂y enters at; `output` is then ∂s/∂x. */
  readonly seed?: Seed;
}

/** The input of a derivative model that takes ∂s/∂y: [n, outputs]. */
export interface Seed {
  readonly name: string;
  /** Outputs of one image. */
  readonly outputs: number;
}

/** The last layers of a network, drawn several times for each body since they cost little. */
export interface TailSubnetwork extends Subnetwork {
  readonly count: number;
}

/** All that it takes to probe network number n; plain data, so that it can be sent to a worker. */
export interface Plan {
  /** What a network is asked: secants of step h, or exact gradients (their limit for h → 0). */
  readonly probe: 'secant' | 'gradient';
  /** The network, or its body where it has a tail; of gradients, its derivative. */
  readonly body: Subnetwork;
  readonly tail?: TailSubnetwork;
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
  /** h; 0 of gradients. */
  readonly step: number;
  readonly head: HeadTreatment;
  readonly group: SymmetryGroup;
}
