import { attributes } from './attribute.js';
import { averagedAxes } from './averaged-axes.js';
import { carrying } from './carrying.js';
import { ConstantPaths } from './constant-paths.js';
import { isFloating } from './data-type.js';
import { FreshNames, valueNames } from './fresh-names.js';
import { node, producers, type Graph, type Node } from './graph.js';
import type { Affine, Constant } from './layers/affine-rule.js';
import type { HeadShape, HeadSurroundings } from './layers/head-rule.js';
import { withGraph, type Model } from './model.js';
import { operatorOf } from './operators/registry.js';
import { origins, type Origin } from './origin.js';
import { prune } from './prune.js';
import type { Inference } from './shapes/known.js';
import { indices } from './shapes/offsets.js';
import { sizeOf } from './tensor.js';

/** The last layer of a model, where it is linear: outputs = W·features + b. */
export interface Head extends HeadShape {
  /** The node that holds the product. */
  readonly node: Node;
  /** The index of its input that is the weight. */
  readonly weight: number;
  /** The value that enters the layer. */
  readonly features: string;
  /** Dims of that value. */
  readonly featureDims: readonly number[];
  /** Operators between the layer and the model's output, which the head leaves out. */
  readonly behind: readonly string[];
  /** What the first output's product W·features is multiplied by on the way to the logits. */
  readonly factor: number;
  /** The value that holds the logits: behind the layer's bias and pooling, before any nonlinearity. */
  readonly logits: string;
}

/** Why a model has no linear head. */
export interface NoHead {
  readonly obstacle: string;
}

/** The linear layer that a model's first output comes from, or the operator that is in the way. */
export function findHead(model: Model, inference: Inference): Head | NoHead {
  return new Search(model, inference).run();
}

/** Whether a head was found. */
export const isHead = (found: Head | NoHead): found is Head => 'features' in found;

/** The model up to the features of its head, as [N, F]: its only output, 'nads/features' unless that name is taken. */
export function trunk(model: Model, head: Head): Model {
  const { graph } = model;
  const names = new FreshNames(valueNames(graph));
  const pool = poolingNodes(head, names);
  const source = pool.at(-1)?.outputs[0] ?? head.features;
  const name = names.take('nads/features');
  const flatten = node('Flatten', [source], [name]);
  return prune(
    withGraph(model, {
      nodes: [...graph.nodes, ...pool, flatten],
      outputs: [{ name, type: 'float32' }],
      valueInfo: [],
    }),
  );
}

/** The nodes that average features over space, if the head wants that. */
function poolingNodes(
  { features, pooling, featureDims: { length: rank } }: Head,
  names: FreshNames,
): Node[] {
  const [moved, pooled] = [`${features}/moved`, `${features}/pooled`].map(name => names.take(name));
  const average = (from: string): Node => node('GlobalAveragePool', [from], [pooled]);
  if (pooling === 'average') return [average(features)];
  if (pooling !== 'average channels last') return [];
  const perm = [0, rank - 1, ...Array.from({ length: rank - 2 }, (_, i) => i + 1)];
  return [node('Transpose', [features], [moved], attributes({ perm })), average(moved)];
}

/**
 * The model with its logits as only output, [N, outputs] and named 'nads/logits' unless that name is taken: without the Softmax or
 * Sigmoid behind the head, or the whole model where there is no head.
 */
export function logits(model: Model, head: Head | NoHead): Model {
  const { graph } = model;
  const source = isHead(head) ? head.logits : graph.outputs[0].name;
  const name = new FreshNames(valueNames(graph)).take('nads/logits');
  const flatten = node('Flatten', [source], [name]);
  return prune(
    withGraph(model, {
      nodes: [...graph.nodes, flatten],
      outputs: [{ name, type: 'float32' }],
      valueInfo: [],
    }),
  );
}

class Search {
  private readonly model: Model;
  private readonly graph: Graph;
  private readonly inference: Inference;
  private readonly origins: ReadonlyMap<string, Origin>;
  private readonly producers: ReadonlyMap<string, Node>;
  private readonly behind: string[] = [];
  private averaged: HeadSurroundings['averaged'];
  private factor = 1;
  private logits: string;

  constructor(model: Model, inference: Inference) {
    const { graph } = model;
    this.model = model;
    this.graph = graph;
    this.inference = inference;
    this.origins = origins(graph);
    this.producers = producers(graph);
    this.logits = graph.outputs[0].name;
  }

  run(): Head | NoHead {
    let name = this.graph.outputs[0].name;
    for (;;) {
      const at = this.producers.get(name);
      if (!at) return { obstacle: 'no layer with weights between input and output' };
      const found = this.linear(at);
      if (found) return found;
      const before = this.stepBack(at);
      if (!before) return { obstacle: this.obstacleAt(at) };
      this.behind.unshift(at.operator);
      name = before;
    }
  }

  private obstacleAt(at: Node): string {
    const which = `'${at.name}' (${at.operator})`;
    const paths = new ConstantPaths(this.graph, this.inference);
    return operatorOf(at)?.layer && paths.isComputed(at.inputs[1])
      ? `the weights of the last layer ${which} are computed from constants`
      : `the last layer is not linear: ${which} follows it`;
  }

  /** The value before a node that keeps linearity, if the node does. */
  private stepBack(at: Node): string | undefined {
    const operator = operatorOf(at);
    const affine = operator?.affine?.(at, { dims: this.dims, constant: this.constant });
    if (affine) return this.beforeAffine(at, affine);
    if (operator?.averages) return this.beforeAverage(at);
    if (operator?.classifies && !this.averaged) {
      this.logits = at.inputs[0];
      return this.logits;
    }
    // while it is not training, what sets elements to zero hands them all on
    const passes = carrying(at) === 'in order' || operator?.training === 'mask';
    return passes && this.isFractional(at.outputs[0]) ? at.inputs[0] : undefined;
  }

  /** Whether a value keeps fractions, which a Cast to integers cuts off. */
  private isFractional(name: string): boolean {
    const type = this.inference.get(name)?.type;
    return type === undefined || isFloating(type);
  }

  /** The input of a scaling and shift that is the same for all images, and for all places that are averaged over. */
  private beforeAffine(at: Node, { input, factor }: Affine): string | undefined {
    const name = at.inputs[input];
    if (!this.isOnePerOutput(factor, name, at.outputs[0])) return undefined;
    this.factor *= factor.first;
    return name;
  }

  /** Whether a factor of an input differs between outputs at most; without their dims that is taken for granted of a vector. */
  private isOnePerOutput({ dims }: Constant, input: string, output: string): boolean {
    const [narrow, wide] = [input, output].map(name => this.inference.get(name)?.dims);
    if (!narrow || !wide) return dims.length < 2 && !this.averaged;
    if (sizeOf(narrow) !== sizeOf(wide)) return false;
    const rank = wide.length;
    const outputs = { 'channels first': [1], 'channels last': [rank - 1] };
    const axes = this.averaged ? outputs[this.averaged] : indices(rank).slice(1);
    return dims.every((size, i) => size === 1 || axes.includes(i + rank - dims.length));
  }

  /** The input of an average over all of space. */
  private beforeAverage(at: Node): string | undefined {
    const [name] = at.inputs;
    const dims = this.dims(name);
    const axes = averagedAxes(this.model, at, this.inference);
    const isOver = (from: number, to: number): boolean =>
      axes.join() === indices(dims.length).slice(from, to).join();
    const channels = isOver(2, dims.length)
      ? 'channels first'
      : isOver(1, -1)
        ? 'channels last'
        : undefined;
    if (channels && sizeOf(axes.map(axis => dims[axis])) > 1) this.averaged = channels;
    return channels && name;
  }

  private linear(at: Node): Head | undefined {
    const found = operatorOf(at)?.head?.(at, {
      dims: this.dims,
      isConstant: name => this.origins.has(name),
      averaged: this.averaged,
    });
    const factor = this.factor * (found?.factor ?? 1);
    if (!found || !Number.isFinite(factor) || factor === 0) return undefined;
    const { behind, logits } = this;
    const [features] = at.inputs;
    const featureDims = this.dims(features);
    return { node: at, weight: 1, features, featureDims, ...found, factor, behind, logits };
  }

  /** A constant of the file: carrying one along may move its elements, but not the first. */
  private constant = (name: string): Constant | undefined => {
    const origin = this.origins.get(name);
    if (!origin) return undefined;
    const value = this.inference.get(origin.name)?.value;
    const first = value && sizeOf(value.dims) > 0 ? Number(value.data[0]) : NaN;
    return { dims: this.dims(name), first };
  };

  private dims = (name: string): readonly number[] => this.inference.get(name)?.dims ?? [];
}
