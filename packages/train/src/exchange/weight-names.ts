import type { Layer, LayerRule } from './layer-rule.js';
import type { WeightLayout } from './weight-layout.js';

/** A layer's weights in TensorFlow.js's order: their names in ONNX, and how their axes are arranged there. */
export function weightNames(
  rule: LayerRule,
  layer: Layer,
): readonly { readonly name: string; readonly layout: WeightLayout }[] {
  const weights = rule.weights?.(layer.getConfig()) ?? [];
  return weights.map(({ suffix, layout }) => ({ name: `${layer.name}.${suffix}`, layout }));
}
