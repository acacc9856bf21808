import { logitsOutput, prune, withGraph, type Model } from '@nads/onnx';

/**
 * The model with one floating-point output as its only one: of several the one that looks like logits.
 * @throws where it has none.
 */
export function withFloatOutput(model: Model): Model {
  const { outputs } = model.graph;
  if (outputs.length === 0) throw new Error('the graph has no output; export the model again');
  const output = logitsOutput(model);
  if (!output)
    throw new Error(
      `no floating-point output: '${outputs[0].name}' is ${outputs[0].type}; cut the model before it`,
    );
  return outputs.length === 1 ? model : prune(withGraph(model, { outputs: [output] }));
}
