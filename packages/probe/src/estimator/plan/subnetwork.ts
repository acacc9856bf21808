import type { Draw } from '@nads/onnx';

/** A network, or a part of one, whose weights are external data: one location for each draw. */
export interface Subnetwork {
  readonly model: Uint8Array;
  readonly draws: readonly Draw[];
  readonly input: string;
  readonly output: string;
  /** Where it computes gradients: the input that takes ∂s/∂y; `output` is then ∂s/∂x. */
  readonly seed?: GradientSeed;
}

/** The input of a derivative model that takes ∂s/∂y: [n, outputs]. */
export interface GradientSeed {
  readonly name: string;
  /** Outputs of one image. */
  readonly outputs: number;
}

/** The last layers of a network, drawn several times for each body since they cost little. */
export interface TailSubnetwork extends Subnetwork {
  readonly count: number;
}
