import type { Random } from '@nads/linalg';
import { allocate } from './data-type.js';
import { FreshNames, valueNames } from './fresh-names.js';
import type { Graph, Node } from './graph.js';
import { inferShapes } from './infer-shapes.js';
import type { Draw } from './init/scheme.js';
import { requireScaled, schemeFor, type Init } from './init/schemes.js';
import { withGraph, type Model } from './model.js';
import { isUniform } from './origin.js';
import { prune } from './prune.js';
import type { Inference } from './shapes/known.js';
import { floats, sizeOf, type Tensor } from './tensor.js';
import { requireAllFresh } from './require-all-fresh.js';
import { requireRepeatable } from './require-repeatable.js';
import { withSpectralNorms } from './spectral-norms.js';
import { unfusedPads } from './unfused-pads.js';
import { readConstants, type Kept, type Weight } from './weight.js';

/** A model whose weights are to be drawn: each is an initializer of its own, zero for now, but for normalisations, which are reset. */
export interface Architecture {
  readonly model: Model;
  readonly draws: readonly Draw[];
  /** Constant operands, or constants that weights are computed from, that stay as they are in the file. */
  readonly kept: readonly Kept[];
}

/**
 * The architecture behind a model: its weights apart, untied where only the exporter shared them.
 * A constant is tied by design where several layers read it and its elements differ; what exporters
 * share are equal tensors, and before training those are the uniform ones (zeros and ones).
 * Weights that are computed from constants stay computed, from drawn ones; those of spectral norms with singular vectors of what is drawn.
 * @throws for weights that are not float32, naming the layer; where it is not clear which constants a weight is computed from; for
 * nodes that draw random numbers in every run.
 */
export function architecture(model: Model, inference: Inference): Architecture {
  const { weights: found, kept, obstacles } = readConstants(model.graph, inference);
  if (obstacles.length > 0) throw new Error(obstacles[0]);
  for (const weight of found) requireFloat32(weight, inference);
  const names = new FreshNames(valueNames(model.graph));
  const parts = groupByOrigin(found).map(uses => separate(uses, inference, names));
  const draws = parts.flatMap(part => part.draws);
  const rewired = new Map(parts.flatMap(part => [...part.inputs]));
  const drawn = unfusedPads(prune(withWeights(model, draws, rewired)));
  requireRepeatable(drawn.graph, inference);
  const fresh = withSpectralNorms({ model: drawn, draws, kept }, inference);
  requireAllFresh(fresh.model.graph, inference, { draws, kept: fresh.kept });
  return { ...fresh, draws };
}

/** The model with every weight drawn again. @throws for weights that are not float32, naming the layer. */
export function withFreshWeights(model: Model, init: Init, random: Random): Model {
  const { model: network, draws } = architecture(model, inferShapes(model));
  requireScaled(init, draws);
  const drawn = allocateWeights(draws);
  drawWeights(draws, init, random, drawn);
  const tensors = draws.map(({ name, dims }) => [name, floats(dims, drawn.get(name)!)] as const);
  return withGraph(network, { initializers: new Map([...network.graph.initializers, ...tensors]) });
}

/** Draws every weight, each from a stream of its own that is keyed by its name. */
export function drawWeights(
  draws: readonly Draw[],
  init: Init,
  random: Random,
  into: ReadonlyMap<string, Float32Array>,
): void {
  for (const draw of draws) fill(into.get(draw.name)!, draw, init, random.fork(draw.name));
}

/** Arrays for the weights. */
export const allocateWeights = (draws: readonly Draw[]): Map<string, Float32Array> =>
  new Map(draws.map(draw => [draw.name, new Float32Array(sizeOf(draw.dims))]));

function fill(out: Float32Array, draw: Draw, init: Init, random: Random): void {
  const scheme = schemeFor(init, draw);
  if (draw.kind === 'norm') out.fill(identityOf(draw));
  else if (draw.kind === 'prelu') out.fill(0.25);
  else if (draw.role === 'bias') scheme.bias(out, draw, random);
  else scheme.weight(out, draw, random);
}

/** What a normalisation is reset to: scale and variance 1, shift and mean 0. */
const identityOf = ({ kind, role }: Draw): number =>
  kind === 'norm' && (role === 'scale' || role === 'variance') ? 1 : 0;

function groupByOrigin(found: readonly Weight[]): Weight[][] {
  const groups = new Map<string, Weight[]>();
  for (const weight of found) {
    const { name } = weight.origin;
    const group = groups.get(name);
    if (group) group.push(weight);
    else groups.set(name, [weight]);
  }
  return [...groups.values()];
}

interface Separated {
  readonly draws: readonly Draw[];
  /** New input name by node and input index. */
  readonly inputs: ReadonlyMap<string, string>;
}

const place = (node: Node, input: number): string => `${node.outputs[0]}:${input}`;

function separate(found: readonly Weight[], inference: Inference, names: FreshNames): Separated {
  const uses = found.toSorted(byPlace);
  const { origin } = uses[0];
  const tensor = inference.get(origin.name)!.value;
  requireSeparable(uses, tensor);
  if (uses[0].isComputed || isTied(uses, tensor))
    return { draws: [drawOf(uses[0], origin.name, tensor, tensor!.dims)], inputs: new Map() };
  const named = uses.map(use => ({
    use,
    name: names.take(`fresh/${uses.length === 1 ? origin.name : privateName(use)}`),
  }));
  return {
    draws: named.map(({ use, name }) => drawOf(use, name, tensor, use.dims)),
    inputs: new Map(named.map(({ use, name }) => [place(use.node, use.input), name])),
  };
}

/** A name that follows from the place of use alone, so that the order of nodes does not matter. */
const privateName = ({ origin, node, input }: Weight): string =>
  `${origin.name}/${place(node, input)}`;

// which use of a tied constant decides must not depend on the order of nodes
const byPlace = (a: Weight, b: Weight): number =>
  place(a.node, a.input) < place(b.node, b.input) ? -1 : 1;

/** @throws where layers see one constant through computations, and it could not be drawn for all of them. */
function requireSeparable(uses: readonly Weight[], tensor: Tensor | undefined): void {
  const computed = uses.find(({ isComputed }) => isComputed);
  const layers = [...new Set(uses.map(({ layer }) => layer))];
  if (!computed || layers.length < 2) return;
  const { name } = computed.origin;
  if (!tensor || isUniform(tensor))
    refuseShared(
      layers,
      `compute their weights from one constant '${name}' whose elements are all equal`,
    );
  if (uses.some(isCut) && new Set(uses.map(distribution)).size > 1)
    refuseShared(
      layers,
      `cut their weights from one constant '${name}' and need different distributions`,
    );
}

function refuseShared(layers: readonly string[], what: string): never {
  const named = layers.slice(0, 4).map(name => `'${name}'`);
  const more = layers.length > named.length ? ` and ${layers.length - named.length} more` : '';
  throw new Error(`layers ${named.join(', ')}${more} ${what}; give each a constant of its own`);
}

/** Whether a layer reads a part of a constant. */
const isCut = ({ through }: Weight): boolean => through.some(operator => cutting.has(operator));

const cutting: ReadonlySet<string> = new Set(['Slice', 'Split', 'Gather']);

/** What a weight is drawn from by the kind of its layer, its role and its inputs. */
const distribution = ({ kind, role, fanIn }: Weight): string => `${kind} ${role} ${fanIn}`;

const isTied = (uses: readonly Weight[], tensor: Tensor | undefined): boolean =>
  uses.length > 1 && tensor !== undefined && !isUniform(tensor);

function drawOf(
  use: Weight,
  name: string,
  tensor: Tensor | undefined,
  dims: readonly number[],
): Draw {
  const { kind, role, fanIn, fanOut } = use;
  return { name, kind, role, dims, fanIn, fanOut, file: statistics(tensor) };
}

function statistics(tensor: Tensor | undefined): Draw['file'] {
  const values = (tensor?.data ?? []) as Float32Array;
  const { length } = values;
  if (length === 0) return { mean: 0, deviation: 0 };
  // an iterator takes several times as long in code that runs for the first time, as here
  let mean = 0;
  for (let i = 0; i < length; i++) mean += values[i] / length;
  let variance = 0;
  for (let i = 0; i < length; i++) variance += (values[i] - mean) ** 2 / length;
  return { mean, deviation: Math.sqrt(variance) };
}

function withWeights(
  model: Model,
  draws: readonly Draw[],
  rewired: ReadonlyMap<string, string>,
): Model {
  const { graph } = model;
  const fresh = new Map(draws.map(draw => [draw.name, undrawn(draw)]));
  const names = new Set(fresh.keys());
  const nodes = graph.nodes
    .map(node => rewire(node, rewired))
    .filter(node => !names.has(node.outputs[0]));
  return withGraph(model, {
    nodes,
    initializers: new Map([...graph.initializers, ...fresh]),
    inputs: withoutListed(graph),
  });
}

/** Listed initializers could be fed from outside; the architecture's weights are its own. */
const withoutListed = (graph: Graph): Graph['inputs'] =>
  graph.inputs.filter(input => !graph.initializers.has(input.name));

function rewire(node: Node, rewired: ReadonlyMap<string, string>): Node {
  const inputs = node.inputs.map((name, i) => rewired.get(place(node, i)) ?? name);
  return inputs.some((name, i) => name !== node.inputs[i]) ? { ...node, inputs } : node;
}

const undrawn = (draw: Draw): Tensor => ({
  type: 'float32',
  dims: draw.dims,
  data: allocate('float32', sizeOf(draw.dims)).fill(identityOf(draw) as never),
});

function requireFloat32(
  { node, input, layer, origin, isComputed }: Weight,
  inference: Inference,
): void {
  const type = inference.get(isComputed ? origin.name : node.inputs[input])?.type;
  if (type !== 'float32')
    throw new Error(
      `layer '${layer}' (${node.operator}) has ${type} weights; convert the model to float32`,
    );
}
