import { sizeOf, type Graph, type Inference } from '@nads/onnx';

/** Elements of activations that a run should touch at most, so that they stay in the cache. */
const target = 1 << 21;

/**
 * Images in one run. It follows from the graph alone, since rounding depends on it and the same seed
 * must give the same bytes on every machine. Measured by `npm run bench -- forward`.
 * @param images batch size of the inference.
 */
export function batchSize(graph: Graph, inference: Inference, images: number): number {
  const largest = Math.max(
    1,
    ...graph.nodes.flatMap(node =>
      node.outputs.map(name => sizeOf(inference.get(name)?.dims ?? [])),
    ),
  );
  const fitting = target / (largest / images);
  return Math.max(2, Math.min(128, 2 ** Math.floor(Math.log2(fitting))));
}
