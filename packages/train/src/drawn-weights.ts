import {
  allocateWeights,
  architecture,
  drawWeights,
  floats,
  inferShapes,
  parseInit,
  withGraph,
  type Model,
} from '@nads/onnx';
import type { Random } from '@nads/linalg';

/** The estimator's draws, under the names that the weights have in this model. */
export function withDrawnWeights(model: Model, init: string, random: Random): Model {
  const { draws } = architecture(model, inferShapes(model));
  const values = allocateWeights(draws);
  drawWeights(draws, parseInit(init), random, values);
  const weights = draws.map(
    ({ name, dims }) => [name.replace(/^fresh\//, ''), floats(dims, values.get(name)!)] as const,
  );
  return withGraph(model, { initializers: new Map([...model.graph.initializers, ...weights]) });
}
