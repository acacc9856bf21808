import {
  Algebra,
  differentiate,
  node,
  operatorOf,
  prune,
  withGraph,
  writeModel,
  type Model,
} from '@nads/onnx';
import type { AnalysedNetwork } from './analysed-network.js';

/** What is differentiated: the cross-entropy of every image, or a logit. */
export type Target = 'loss' | 'logit';

/** A model of how the target depends on every filter of every image. */
export interface SensitivityModel {
  readonly model: Uint8Array;
  readonly target: Target;
  /** The input that takes images. */
  readonly images: string;
  /** The input that takes a row with a single 1 for every image, at its class or at the logit: [N, classes]. */
  readonly chosen: string;
  readonly logits: string;
  /** For each of the filters the output that holds Σ a·∂s/∂a over positions, a the filter's map: [rows, channels]. */
  readonly sensitivities: readonly string[];
}

/** The model of sensitivities. @throws NoGradient where an operator on the way has none, naming it. */
export function sensitivityModel(analysed: AnalysedNetwork, target: Target): SensitivityModel {
  const { network, image, output, filters } = analysed;
  const values = [...new Set(filters.map(({ value }) => value))];
  const derivative = differentiate(network, { wrt: values, of: [output], keepOutputs: true });
  const [seed] = derivative.seeds;
  const whole = target === 'loss' ? seededByLoss(derivative.model, seed, output) : derivative.model;
  const g = new Algebra(whole, operatorOf);
  const sensitivities = filters.map(({ value, axis }, i) => {
    const gradient = derivative.gradients[values.indexOf(value)];
    const positions = g.dims(value).flatMap((_, at) => (at === 0 || at === axis ? [] : [at]));
    const products = g.mul(value, gradient);
    const sums = positions.length > 0 ? g.reduceSum(products, positions, false) : products;
    return g.named(sums, `sensitivity${i}`);
  });
  const model = writeModel(withOutputs(whole, g, [output, ...sensitivities]));
  const chosen = target === 'loss' ? targets : seed;
  return { model, target, images: image.name, chosen, logits: output, sensitivities };
}

const targets = 'nads/targets';

/** The model with the derivative of the cross-entropies by the logits for its seed: p − targets. */
function seededByLoss(model: Model, seed: string, output: string): Model {
  const { graph } = model;
  const info = graph.inputs.find(({ name }) => name === seed)!;
  const inputs = [...graph.inputs.filter(input => input !== info), { ...info, name: targets }];
  const last = graph.nodes.findIndex(({ outputs }) => outputs.includes(output)) + 1;
  const head = new Algebra(
    withGraph(model, { inputs, nodes: graph.nodes.slice(0, last) }),
    operatorOf,
  );
  // a seed that is an Identity makes onnxruntime refuse networks that end in Log
  head.keep(node('Sub', [head.op('Softmax', [output], { axis: -1 }), targets], [seed]));
  const front = head.finish();
  return withGraph(model, {
    inputs,
    nodes: [...front.nodes, ...graph.nodes.slice(last)],
    initializers: new Map([...graph.initializers, ...front.initializers]),
  });
}

const withOutputs = (model: Model, g: Algebra, names: readonly string[]): Model =>
  prune(
    withGraph(model, {
      ...g.finish(),
      outputs: names.map(name => ({ name, type: 'float32' }) as const),
    }),
  );
