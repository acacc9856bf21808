import type { Graph } from './graph.js';
import { nodeLabel } from './node-label.js';
import type { Inference } from './shapes/known.js';
import { sizeOf } from './tensor.js';

/** Elements of a value for each element of the images, at most: layers of models that people use have some hundred. */
const largestGrowth = 1e4;

/** Elements that any value may have. */
const always = 2 ** 20;

/**
 * Asserts, before anything is run, that no value is out of all proportion to the images: a small file can ask for pads, tiles or
 * resized maps that take all memory there is.
 * @param images elements of the images that shapes were inferred for
 * @throws where one is, naming its node.
 */
export function requireGrowth(graph: Graph, inference: Inference, images: number): void {
  const most = Math.max(always, largestGrowth * images);
  for (const node of graph.nodes)
    for (const name of node.outputs) {
      const dims = inference.get(name)?.dims;
      if (dims && sizeOf(dims) > most)
        throw new Error(
          `${nodeLabel(node)} computes [${dims.join(', ')}], ${grouped(sizeOf(dims))} values from ${grouped(images)} of images; ` +
            `at most ${grouped(most)} are run, so export a smaller model`,
        );
    }
}

const grouped = (count: number): string => count.toLocaleString('en');
