import { OptionError } from '@nads/linalg';
import {
  differentiate,
  inferShapes,
  macs,
  NoGradient,
  type Derivative,
  type Inference,
  type Model,
} from '@nads/onnx';
import { batchSize } from './batch-size.js';
import type { EstimateOptions } from './estimate-options.js';
import { gradientCount } from './gradient-count.js';
import type { HeadTreatment } from './head-treatment.js';
import type { ProbedNetwork } from './probed-network.js';
import { requireFreeBatch } from './require-free-batch.js';
import { subnetwork, type GradientSeed } from './subnetwork.js';
import type { Work } from './work.js';

/**
 * The backward passes for exact gradients: one for each feature or output whose gradient is wanted.
 * The network stays in one piece: a further tail would take as many passes through the body as a
 * further network does (docs/estimators.md).
 * @throws OptionError where a step or more tails are asked for; NoGradient where an operator has no gradient.
 */
export function gradientWork(
  probed: ProbedNetwork,
  head: HeadTreatment,
  options: EstimateOptions,
): Work {
  requireNoStepOrTails(options);
  requireFreeBatch(probed, options.batch);
  const { image, images, isFree } = probed;
  const { model, seed, gradient, inference } = derivative(probed);
  requireFewNodes(model);
  const count = gradientCount(seed, head);
  const largest = options.batch ?? batchSize(model.graph, inference, images);
  return {
    plan: {
      body: subnetwork(model, probed, { input: image.name, output: gradient, seed }),
      batch: isFree ? Math.min(largest, count) : images,
    },
    images: count,
    macsPerImage: macs(model.graph, inference) / images,
  };
}

function requireNoStepOrTails({ step, tails = 1, further = 0 }: EstimateOptions): void {
  if (step !== undefined)
    throw new OptionError('step', 'gradients have no step; leave it out with `probe` gradient');
  if (tails > 1)
    throw new OptionError(
      'tails',
      'with `probe` gradient a tail costs as much as a network; take more `networks`',
    );
  if (further > 0)
    throw new OptionError('further', 'one backward pass gives all pixels; leave it out');
}

/** The runtime takes 2 s to load a derivative of 20,000 nodes, and time that grows with the square of their number. */
const mostNodes = 50_000;

function requireFewNodes({ graph: { nodes } }: Model): void {
  if (nodes.length <= mostNodes) return;
  const counts = [nodes.length, mostNodes].map(count => count.toLocaleString('en'));
  throw new OptionError(
    'probe',
    `the gradient of this network has ${counts[0]} nodes, and more than ${counts[1]} take the runtime minutes to load; take secants`,
  );
}

/** A model of the gradient of the network's outputs with respect to its images. */
interface ImageDerivative {
  readonly model: Derivative['model'];
  readonly seed: GradientSeed;
  /** The output that holds the gradient. */
  readonly gradient: string;
  readonly inference: Inference;
}

function derivative(probed: ProbedNetwork): ImageDerivative {
  const { network, dims, images } = probed;
  const output = network.graph.outputs[0].name;
  const { model, seeds, gradients } = differentiated(probed, output);
  const outputs = probed.inference.get(output)?.dims?.[1];
  if (outputs === undefined)
    throw new Error(`the shape of output '${output}' is not known before running`);
  const seed = { name: seeds[0], outputs };
  const inference = inferShapes(model, { ...dims, [seed.name]: [images, outputs] });
  return { model, seed, gradient: gradients[0], inference };
}

function differentiated({ network, draws, image }: ProbedNetwork, output: string): Derivative {
  const variables = draws.map(draw => draw.name);
  try {
    return differentiate(network, { wrt: [image.name], of: [output], variables });
  } catch (error) {
    if (!(error instanceof NoGradient)) throw error;
    throw new NoGradient(`${error.message}; use \`probe\` secant`, { cause: error });
  }
}
