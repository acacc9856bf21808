import { attributes } from './attribute.js';
import { node, producers, reads, type Graph, type Node } from './graph.js';
import type { Draw } from './init/scheme.js';
import { opsetOf, withGraph, type Model } from './model.js';
import { operatorOf } from './operators/registry.js';
import { origins, type Origin } from './origin.js';
import { prune } from './prune.js';
import type { Inference } from './shapes/known.js';
import { floats, integers, numbersOf, sizeOf, type Tensor } from './tensor.js';
import type { Kept } from './weight.js';

/** A model's graph with its drawn weights in place, and what is kept beside them. */
interface Drawn {
  readonly model: Model;
  readonly draws: readonly Draw[];
  readonly kept: readonly Kept[];
}

/** Power iterations, as many as PyTorch makes when it puts a spectral norm on a layer (torch.nn.utils.parametrizations). */
const iterations = 15;

/** How far from 1 the norm of a singular vector may be. */
const tolerance = 1e-3;

/** Before this opset operands were not broadcast. */
const opsetOfBroadcasting = 7;

/**
 * The model with spectral norms σ = uᵀWv of the weights that are drawn: files have singular vectors u and v of their own weight W, and
 * uᵀWv of another one is not its norm and may be next to nothing. Both are computed from W instead, by power iterations
 * from u on (Miyato et al. 2018).
 * @param inference of the model, weights of the file in place
 */
export function withSpectralNorms(
  { model, draws, kept }: Drawn,
  inference: Inference,
): Pick<Drawn, 'model' | 'kept'> {
  const norms =
    opsetOf(model) < opsetOfBroadcasting ? [] : findNorms(model.graph, inference, draws);
  if (norms.length === 0) return { model, kept };
  const own = prune(norms.reduce(withOwnVectors, model));
  const read = new Set(own.graph.nodes.flatMap(reads));
  const left = kept.map(one => ({
    ...one,
    constants: one.constants.filter(name => read.has(name)),
  }));
  return {
    model: own,
    kept: [...left.filter(({ constants }) => constants.length > 0), ...norms.map(keptOf)],
  };
}

/** σ = uᵀWv as a graph computes it. */
interface SpectralNorm {
  /** W·v. */
  readonly image: Node;
  /** uᵀ·(W·v). */
  readonly norm: Node;
  /** The constant u of the file, and its elements. */
  readonly origin: Origin;
  readonly left: Tensor;
  readonly right: Tensor;
}

/** The norms of drawn weights in a graph. */
function findNorms(graph: Graph, inference: Inference, draws: readonly Draw[]): SpectralNorm[] {
  const drawn = new Set(draws.map(({ name }) => name));
  const constants = origins(graph);
  const makers = producers(graph);
  const isDrawn = (name: string): boolean => drawn.has(constants.get(name)?.name ?? '');
  const vector = (name: string): Tensor | undefined =>
    isDrawn(name) ? undefined : unitVector(inference.get(constants.get(name)?.name ?? '')?.value);
  return graph.nodes.flatMap(norm => {
    if (norm.operator !== 'MatMul') return [];
    const image = behindCarriers(makers, norm.inputs[1]);
    if (image?.operator !== 'MatMul' || !isDrawn(image.inputs[0])) return [];
    const [left, right] = [vector(norm.inputs[0]), vector(image.inputs[1])];
    if (!left || !right || inference.get(image.inputs[0])?.dims?.length !== 2) return [];
    return [{ image, norm, left, right, origin: constants.get(norm.inputs[0])! }];
  });
}

/** The node that computes a value, but for such as only give it other dims. */
function behindCarriers(makers: ReadonlyMap<string, Node>, name: string): Node | undefined {
  let maker = makers.get(name);
  while (maker && operatorOf(maker)?.carries === 'in order') maker = makers.get(maker.inputs[0]);
  return maker;
}

/** A constant if it is a vector of length 1, on whatever axis. */
function unitVector(constant: Tensor | undefined): Tensor | undefined {
  if (constant?.type !== 'float32' || Math.max(...constant.dims) !== sizeOf(constant.dims))
    return undefined;
  const length = Math.sqrt(numbersOf(constant).reduce((sum, x) => sum + x * x, 0));
  return Math.abs(length - 1) < tolerance ? constant : undefined;
}

/** The model with vectors that are computed from W in the place of the file's. */
function withOwnVectors(model: Model, { image, norm, left, right }: SpectralNorm): Model {
  const stem = `fresh/${norm.outputs[0]}`;
  const [u, v, start, row] = ['u', 'v', 'start', 'row'].map(name => `${stem}/${name}`);
  const constants = [
    [start, floats([1, left.data.length], left.data as Float32Array)],
    [`${u}/dims`, integers(left.dims)],
    [`${v}/dims`, integers(right.dims)],
  ] as const;
  const vectors = [
    ...powerIterations(image.inputs[0], start, row),
    node('Reshape', [`${row}/v`, `${v}/dims`], [v]),
    node('Reshape', [`${row}/u`, `${u}/dims`], [u]),
  ];
  const nodes = model.graph.nodes.flatMap(one => {
    if (one === image) return [...vectors, { ...one, inputs: [one.inputs[0], v] }];
    return one === norm ? [{ ...one, inputs: [u, one.inputs[1]] }] : [one];
  });
  return withGraph(model, {
    nodes,
    initializers: new Map([...model.graph.initializers, ...constants]),
  });
}

/** v = Wᵀu/‖Wᵀu‖ and u = Wv/‖Wv‖ in turn, as rows; the last ones are called `to/u` and `to/v`. */
function powerIterations(matrix: string, start: string, to: string): Node[] {
  const turned = `${to}/turned`;
  const nodes = [node('Transpose', [matrix], [turned], attributes({ perm: [1, 0] }))];
  let u = start;
  for (let i = 1; i <= iterations; i++) {
    const end = i === iterations ? '' : `${i}`;
    nodes.push(...unitProduct(u, matrix, `${to}/v${end}`));
    nodes.push(...unitProduct(`${to}/v${end}`, turned, `${to}/u${end}`));
    u = `${to}/u${end}`;
  }
  return nodes;
}

/** A row times a matrix, divided by its norm. */
const unitProduct = (row: string, matrix: string, to: string): Node[] => [
  node('MatMul', [row, matrix], [`${to}/product`]),
  node('ReduceL2', [`${to}/product`], [`${to}/norm`]),
  node('Div', [`${to}/product`, `${to}/norm`], [to]),
];

const keptOf = ({ norm, origin }: SpectralNorm): Kept => ({
  node: norm.name || norm.outputs[0],
  operator: norm.operator,
  input: 0,
  constants: [origin.name],
  reason: `where the ${iterations} power iterations begin that compute its spectral norm`,
});
