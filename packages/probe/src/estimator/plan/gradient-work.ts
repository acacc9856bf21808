import { OptionError } from '@nads/linalg';
import {
  batchDims,
  differentiate,
  inferShapes,
  macs,
  NoGradient,
  writeModelWithExternal,
  type Model,
} from '@nads/onnx';
import { batchSize } from './batch-size.js';
import { gradientCount } from './gradient-count.js';
import type { HeadTreatment } from './head-treatment.js';
import type { GradientSeed } from './subnetwork.js';
import type { EstimateOptions } from './prepare.js';
import type { DrawnNetwork, Work } from './secant-work.js';

/**
 * The backward passes for exact gradients: one for each feature or output whose gradient is wanted.
 * The network stays in one piece: a further tail would take as many passes through the body as a
 * further network does (docs/estimators.md).
 * @throws where more tails are asked for, or an operator has no gradient.
 */
export function gradientWork(
  { network, draws, image, images, isFree }: DrawnNetwork,
  head: HeadTreatment,
  { batch, tails = 1, step }: EstimateOptions,
): Work {
  if (step !== undefined)
    throw new OptionError('step', 'gradients have none; leave it out with `probe` gradient');
  if (tails > 1)
    throw new OptionError(
      'tails',
      'with `probe` gradient a tail costs as much as a network; take more `networks`',
    );
  const output = network.graph.outputs[0].name;
  const variables = draws.map(draw => draw.name);
  const { model, seeds, gradients } = derivative(network, image.name, output, variables);
  const dims = { [image.name]: batchDims(image, images) };
  const outputs = inferShapes(network, dims).get(output)?.dims?.[1];
  if (outputs === undefined)
    throw new Error(`the shape of output '${output}' is not known before running`);
  const seed: GradientSeed = { name: seeds[0], outputs };
  const inference = inferShapes(model, { ...dims, [seed.name]: [images, outputs] });
  const own = draws.filter(({ name }) => model.graph.initializers.has(name));
  const rows = gradientCount(seed, head);
  const largest = batch ?? batchSize(model.graph, inference, images);
  return {
    plan: {
      body: {
        model: writeModelWithExternal(model, new Map(own.map(({ name }) => [name, name]))),
        draws: own,
        input: image.name,
        output: gradients[0],
        seed,
      },
      batch: isFree ? Math.min(largest, rows) : images,
    },
    images: rows,
    macsPerImage: macs(model.graph, inference) / images,
  };
}

function derivative(network: Model, input: string, output: string, variables: readonly string[]) {
  try {
    return differentiate(network, { wrt: [input], of: [output], variables });
  } catch (error) {
    if (!(error instanceof NoGradient)) throw error;
    throw new NoGradient(`${error.message}; use \`probe\` secant`, { cause: error });
  }
}
