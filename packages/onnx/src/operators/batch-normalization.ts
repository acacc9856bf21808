import { byFixedStatistics } from '../coupling/normalised.js';
import { getFloat, getInt } from '../attribute.js';
import { batchGradients } from '../formulas/batch-gradients.js';
import { summedForEach } from '../formulas/example-rule.js';
import { perChannel } from '../formulas/normalise.js';
import { node as nodeOf, type Node } from '../graph.js';
import type { Affine, AffineSurroundings } from '../layers/affine-rule.js';
import { normalisedWeight } from '../layers/path-rule.js';
import { normalisationWeights } from '../layers/normalisation-weights.js';
import { samePlace } from '../layers/reach-rule.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf, type Application } from '../shapes/application.js';
import { keptAxes } from '../shapes/axes.js';
import { requireOneEach } from '../shapes/require-one-each.js';
import { spaceAxes } from '../shapes/space-axes.js';
import { normalised } from '../symmetry/normalised.js';
import { integers } from '../tensor.js';
import { onMatrix } from '../upgrades/on-matrix.js';
import { between, constantFor, rewritten } from '../upgrades/rewritten.js';

/**
 * γ·(x − μ)/√(σ² + ε) + β for each channel; while training μ and σ² are the batch's, and further
 * outputs hold statistics (of the shape that γ has).
 */
export const batchNormalization: Operator = {
  name: 'BatchNormalization',
  inputs: [5, 5],
  outputs: [1, 5],
  symmetry: normalised({ byChannel: true }),
  reach: (application, isFixed) =>
    getInt(application.node, 'training_mode', 0) === 1
      ? undefined
      : samePlace(application, isFixed),
  axes: keptAxes,
  coupling: byFixedStatistics,
  weights: normalisationWeights,
  affine: scaled,
  path: normalisedWeight,
  training: 'statistics',
  gradient: (derivation, dy) =>
    getInt(derivation.node, 'training_mode', 0) === 1 ? batchGradients(derivation, dy) : undefined,
  decompose: ({ node, inputs: [x, ...statistics], g }) => {
    const rank = g.dims(x).length;
    const [scale, shift, mean, variance] = statistics.map(value => perChannel(g, value, rank));
    const slope = g.div(scale, g.sqrt(g.add(variance, getFloat(node, 'epsilon', 1e-5))));
    return [g.add(g.mul(g.sub(x, mean), slope), shift)];
  },
  /** Of scale and shift, where the statistics are those on file. */
  ofEach: ({ node, inputs: [x, ...statistics], g }, dy, input) => {
    if (input > 2 || getInt(node, 'training_mode', 0) === 1) return undefined;
    const [scale, , mean, variance] = statistics.map(value =>
      perChannel(g, value, g.dims(x).length),
    );
    if (input === 2) return summedForEach(g, dy, scale);
    const deviation = g.sqrt(g.add(variance, getFloat(node, 'epsilon', 1e-5)));
    return summedForEach(g, g.mul(dy, g.div(g.sub(x, mean), deviation)), scale);
  },
  upgrade: { since: 14, rewrite: inEvaluation },
  infer: application => {
    const statistic = { type: typeOf(application, 3), dims: dimsOf(application, 1) };
    const dims = dimsOf(application, 0);
    const normalised = { type: typeOf(application, 0), dims };
    if (dims.length > 1 && getInt(application.node, 'spatial', 1) === 1)
      requireOneEach(application, [1, 2, 3, 4], dims[1]);
    return [normalised, ...application.node.outputs.slice(1).map(() => statistic)];
  },
};

/** γ/√(σ² + ε) of each channel, where the statistics are those on file. */
function scaled(node: Node, { dims, constant }: AffineSurroundings): Affine | undefined {
  const [x, ...parameters] = node.inputs;
  const [scale, , , variance] = parameters.map(constant);
  if (!scale || !variance || getInt(node, 'training_mode', 0) === 1) return undefined;
  const first = scale.first / Math.sqrt(variance.first + getFloat(node, 'epsilon', 1e-5));
  const alongSpace = spaceAxes(dims(x)).map(() => 1);
  return { input: 0, factor: { dims: [...scale.dims, ...alongSpace], first } };
}

/** Before opset 14 a node with one output was in evaluation; before opset 9 it could normalise every feature. */
function inEvaluation({ node, inputs, opset }: Application): Node[] {
  const evaluates = opset < 7 && getInt(node, 'is_test', 0) !== 0;
  if (!evaluates && node.outputs.slice(1).some(name => name !== ''))
    throw new Error('it has outputs of training mode; export the model for evaluation');
  const plain = rewritten(node, {
    outputs: node.outputs.slice(0, 1),
    without: ['spatial', 'is_test'],
  });
  const byFeature = getInt(node, 'spatial', 1) === 0 && inputs[1]?.dims?.length !== 1;
  return byFeature ? featuresAsChannels(plain) : [plain];
}

/** Statistics of the dims of one example, as those of the channels of a matrix. */
function featuresAsChannels(node: Node): Node[] {
  const vector = constantFor(node, 'vector', integers([-1]));
  const [input, ...statistics] = node.inputs;
  const flat = statistics.map((_, i) => between(node, `statistic${i}`));
  return [
    vector,
    ...flat.map((name, i) => nodeOf('Reshape', [statistics[i], ...vector.outputs], [name])),
    ...onMatrix({ ...node, inputs: [input, ...flat] }, 1),
  ];
}
