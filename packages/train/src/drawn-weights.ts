import {
  allocateWeights,
  architecture,
  drawWeights,
  floats,
  inferShapes,
  parseInit,
  requireScaled,
  withGraph,
  type Model,
} from '@nads/onnx';
import type { Random } from '@nads/linalg';

/**
 * The estimator's draws, under the names that the weights have in this model, and with the dims that they have there: a layer may
 * see them in another order, which does not matter to what is drawn.
 */
export function withDrawnWeights(model: Model, init: string, random: Random): Model {
  const { draws } = architecture(model, inferShapes(model));
  const values = allocateWeights(draws);
  const parsed = parseInit(init);
  requireScaled(parsed, draws);
  drawWeights(draws, parsed, random, values);
  const { initializers } = model.graph;
  const weights = draws.map(({ name }) => {
    const own = name.replace(/^fresh\//, '');
    return [own, floats(initializers.get(own)!.dims, values.get(name)!)] as const;
  });
  return withGraph(model, { initializers: new Map([...initializers, ...weights]) });
}
