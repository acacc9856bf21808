import {
  Algebra,
  node as makeNode,
  operatorOf,
  withGraph,
  type Model,
  type Node,
} from '@nads/onnx';

/**
 * The model with batch normalisation as it is in training: by mean and (biased) variance of the batch, computed in the graph
 * from ordinary operators, so that gradients see that they depend on the batch. Dropout stays off.
 */
export function withBatchStatistics(model: Model): Model {
  const { graph } = model;
  const g = new Algebra(withGraph(model, { nodes: [] }), operatorOf);
  g.reserve(graph.nodes.flatMap(({ outputs }) => outputs));
  for (const one of graph.nodes) g.keep(normalises(one) ? byBatch(g, one) : one);
  return withGraph(model, g.finish());
}

/** Whether a node is a batch normalisation, which training does by other statistics. */
export const normalises = (one: Node): boolean => operatorOf(one)?.training === 'statistics';

function byBatch(g: Algebra, one: Node): Node {
  const [x, scale, shift] = one.inputs;
  const axes = g.dims(x).flatMap((_, axis) => (axis === 1 ? [] : [axis]));
  const mean = g.reduceMean(x, axes);
  const variance = g.reduceMean(g.square(g.sub(x, mean)), axes);
  const statistics = [mean, variance].map(value => g.reshape(value, [g.dims(x)[1]]));
  return makeNode(one.operator, [x, scale, shift, ...statistics], [one.outputs[0]], one.attributes);
}
