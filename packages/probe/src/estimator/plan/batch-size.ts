import { sizeOf, type Graph, type Inference } from '@nads/onnx';

/** Elements of activations that a run should touch at most, so that they stay in the cache. */
const target = 1 << 21;

/**
 * Images in one run. It follows from the graph alone, since rounding depends on it and the same seed
 * must give the same bytes on every machine. Measured by `npm run bench -- forward`.
 * @param images batch size of the inference.
 */
export function batchSize(graph: Graph, inference: Inference, images: number): number {
  const largest = graph.nodes
    .flatMap(({ outputs }) => outputs)
    .reduce((most, name) => Math.max(most, sizeOf(inference.get(name)?.dims ?? [])), 1);
  return fittingImages(largest / images);
}

/** Images in one run where the largest value has so many elements for each. */
export const fittingImages = (elements: number): number =>
  Math.max(2, Math.min(128, 2 ** Math.floor(Math.log2(target / elements))));
