import type { LayersModel } from './layers/layers-model.js';
import type { Random } from '@nads/linalg';
import type { Model } from '@nads/onnx';
import type { Architecture, Sizes } from './architectures/architecture.js';
import { withDrawnWeights } from './drawn-weights.js';
import { fromOnnx } from './exchange/from-onnx.js';
import { toOnnx } from './exchange/to-onnx.js';

/** A network in both forms, with the same weights. */
export interface FreshNetwork {
  readonly layers: LayersModel;
  readonly onnx: Model;
}

/** An architecture with fresh weights, drawn as the estimator draws those of imported models. */
export function freshNetwork(
  { build, init }: Architecture,
  sizes: Sizes,
  { random, pooling = true }: { readonly random: Random; readonly pooling?: boolean },
): FreshNetwork {
  const layers = build(sizes, pooling);
  const onnx = withDrawnWeights(toOnnx(layers), init, random);
  fromOnnx(layers, onnx.graph.initializers);
  return { layers, onnx };
}
