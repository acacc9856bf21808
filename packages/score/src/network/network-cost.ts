import { inferShapes, macs, parameters, sizeOf } from '@nads/onnx';
import type { ScoredNetwork } from './scored-network.js';

/** How large a network is. */
export interface NetworkCost {
  /** Numbers that training changes. */
  readonly parameters: number;
  /** Multiply–accumulates of convolutions and matrix products for one image. */
  readonly macs: number;
}

/** Parameters and multiply–accumulates, which predict accuracies about as well as most scores do. */
export function networkCost({ network, dims, batch }: ScoredNetwork): NetworkCost {
  const inference = inferShapes(network, dims);
  const sizes = parameters(network.graph, inference).map(name =>
    sizeOf(inference.get(name)!.dims!),
  );
  return {
    parameters: sizes.reduce((sum, size) => sum + size, 0),
    macs: macs(network.graph, inference) / batch,
  };
}
