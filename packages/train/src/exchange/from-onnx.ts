import { asTensorFlow } from '../layers/as-tensor-flow.js';
import type { LayersModel } from '../layers/layers-model.js';
import { tensor } from '@tensorflow/tfjs-core';
import type { Tensor } from '@nads/onnx';
import type { Layer } from './layer-rule.js';
import { ruleOf } from './rules/index.js';
import { fromOnnxLayout } from './weight-layout.js';
import { weightNames } from './weight-names.js';

/** Weights by name, in ONNX's layout. */
export type Weights = ReadonlyMap<string, Pick<Tensor, 'dims' | 'data'>>;

/**
 * Gives a TensorFlow.js model weights that were named by `toOnnx`, such as the initializers of a model that it made.
 * @throws where one is missing or has other dims, naming it; nothing is changed then.
 */
export function fromOnnx(model: LayersModel, weights: Weights): void {
  const all = asTensorFlow(model)
    .layers.filter(layer => layer.weights.length > 0)
    .map(layer => ({ layer, values: valuesFor(layer, weights) }));
  for (const { layer, values } of all) {
    const tensors = values.map(({ dims, data }) => tensor(data, [...dims]));
    layer.setWeights(tensors);
    for (const one of tensors) one.dispose();
  }
}

function valuesFor(layer: Layer, weights: Weights) {
  return weightNames(ruleOf(layer.getClassName()), layer).map(({ name, layout }, i) => {
    const found = weights.get(name);
    const wanted = layer.weights[i].shape.map(size => size ?? 0);
    if (!found) throw new Error(`there is no weight '${name}', which layer '${layer.name}' needs`);
    const { dims, data } = found;
    const value = fromOnnxLayout({ dims, data: data as Float32Array }, layout);
    if (value.dims.join() !== wanted.join())
      throw new Error(
        `weight '${name}' has dims [${dims}], which do not fit layer '${layer.name}' of ${layer.getClassName()} [${wanted}]`,
      );
    return value;
  });
}
