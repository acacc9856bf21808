import { Algebra, operatorOf, prune, withGraph, writeModel, type ImageInput } from '@nads/onnx';
import type { ScoredNetwork } from '../network/scored-network.js';
import { rectifiers } from './rectifiers.js';

/** A model that compares the codes of the images of a batch, activation by activation. */
export interface CodeModel {
  readonly model: Uint8Array;
  readonly image: ImageInput;
  readonly batch: number;
  readonly layers: readonly CodeLayer[];
}

/** The units of one activation. */
export interface CodeLayer {
  readonly name: string;
  /** For one image. */
  readonly units: number;
  /** The output that holds how many units are on for two images, [batch, batch]. */
  readonly both: string;
  /** The output that holds the sum of inputs for each image, which is not finite where one of them is not: [batch]. */
  readonly sum: string;
}

/** Whole numbers up to this are exact in float32. */
const mostUnits = 2 ** 24;

/**
 * The code of an image is which units are on: activation input > 0. Products of codes are worked out in the graph, so that no
 * activation leaves the runtime.
 * @throws where there is no activation like ReLU.
 */
export function codeModel(scored: ScoredNetwork): CodeModel {
  const { network, image, batch } = scored;
  const g = new Algebra(network, operatorOf);
  const layers = rectifiers(scored).map(({ node, units }) => {
    if (units > mostUnits)
      throw new Error(
        `'${node.name}' has ${units} units, more than the ${mostUnits} that can be counted`,
      );
    const inputs = g.op('Flatten', [node.inputs[0]], { axis: 1 });
    const code = g.castLike(g.greater(inputs, 0), inputs);
    const both = g.named(g.op('Gemm', [code, code], { transB: 1 }), `both/${node.outputs[0]}`);
    const sum = g.named(g.reduceSum(inputs, [1], false), `sum/${node.outputs[0]}`);
    return { name: node.name || node.outputs[0], units, both, sum };
  });
  const outputs = layers.flatMap(({ both, sum }) =>
    [both, sum].map(name => ({ name, type: 'float32' }) as const),
  );
  const model = prune(withGraph(network, { ...g.finish(), outputs }));
  return { model: writeModel(model), image, batch, layers };
}
