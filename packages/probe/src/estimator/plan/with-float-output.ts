import { isFloating, prune, withGraph, type Model } from '@nads/onnx';

/**
 * The model with its first floating-point output as its only one.
 * @throws where it has none.
 */
export function withFloatOutput(model: Model): Model {
  const { outputs } = model.graph;
  if (outputs.length === 0) throw new Error('the graph has no output; export the model again');
  const output =
    outputs.find(({ type }) => isFloating(type)) ?? outputs.find(({ type }) => type === undefined);
  if (!output)
    throw new Error(
      `no floating-point output: '${outputs[0].name}' is ${outputs[0].type}; cut the model before it`,
    );
  return outputs.length === 1 ? model : prune(withGraph(model, { outputs: [output] }));
}
