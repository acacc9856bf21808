import { attributes } from './attribute.js';
import { carrying } from './carrying.js';
import { FreshNames, valueNames } from './fresh-names.js';
import { node, producers, reads, type Graph, type Node } from './graph.js';
import type { Draw } from './init/scheme.js';
import { opsetOf, withGraph, type Model } from './model.js';
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
  const names = new FreshNames(valueNames(model.graph));
  const own = prune(norms.reduce((before, norm) => withOwnVectors(before, norm, names), model));
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
  while (maker && carrying(maker) === 'in order') maker = makers.get(maker.inputs[0]);
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
function withOwnVectors(
  model: Model,
  { image, norm, left, right }: SpectralNorm,
  names: FreshNames,
): Model {
  const fresh = (name: string): string => names.take(`fresh/${norm.outputs[0]}/${name}`);
  const [u, v, start, dimsOfU, dimsOfV] = ['u', 'v', 'start', 'u/dims', 'v/dims'].map(fresh);
  const constants = [
    [start, floats([1, left.data.length], left.data as Float32Array)],
    [dimsOfU, integers(left.dims)],
    [dimsOfV, integers(right.dims)],
  ] as const;
  const rows = powerIterations(image.inputs[0], start, fresh);
  const vectors = [
    ...rows.nodes,
    node('Reshape', [rows.v, dimsOfV], [v]),
    node('Reshape', [rows.u, dimsOfU], [u]),
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

/** v = Wᵀu/‖Wᵀu‖ and u = Wv/‖Wv‖ in turn, as rows, and the names of the last ones. */
function powerIterations(
  matrix: string,
  start: string,
  fresh: (name: string) => string,
): { readonly nodes: readonly Node[]; readonly u: string; readonly v: string } {
  const turned = fresh('turned');
  const nodes = [node('Transpose', [matrix], [turned], attributes({ perm: [1, 0] }))];
  let [u, v] = [start, ''];
  for (let i = 1; i <= iterations; i++) {
    nodes.push(...unitProduct(u, matrix, fresh));
    [v] = nodes.at(-1)!.outputs;
    nodes.push(...unitProduct(v, turned, fresh));
    [u] = nodes.at(-1)!.outputs;
  }
  return { nodes, u, v };
}

/** A row times a matrix, divided by its norm. */
function unitProduct(row: string, matrix: string, fresh: (name: string) => string): Node[] {
  const [product, norm, unit] = ['product', 'norm', 'unit'].map(fresh);
  return [
    node('MatMul', [row, matrix], [product]),
    node('ReduceL2', [product], [norm]),
    node('Div', [product, norm], [unit]),
  ];
}

const keptOf = ({ norm, origin }: SpectralNorm): Kept => ({
  node: norm.name || norm.outputs[0],
  operator: norm.operator,
  input: 0,
  constants: [origin.name],
  reason: `where the ${iterations} power iterations begin that compute its spectral norm`,
});
