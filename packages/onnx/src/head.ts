import { ConstantPaths } from './constant-paths.js';
import { node, producers, type Graph, type Node } from './graph.js';
import type { HeadShape } from './layers/head-rule.js';
import { withGraph, type Model } from './model.js';
import type { Operator } from './operator.js';
import { operatorOf } from './operators/registry.js';
import { origins, type Origin } from './origin.js';
import { prune } from './prune.js';
import type { Inference } from './shapes/known.js';
import { sizeOf } from './tensor.js';

/** The last layer of a model, where it is linear: outputs = W·features + b. */
export interface Head extends HeadShape {
  /** The node that holds the product. */
  readonly node: Node;
  /** The index of its input that is the weight. */
  readonly weight: number;
  /** The value that enters the layer. */
  readonly features: string;
  /** Operators between the layer and the model's output, which the head leaves out. */
  readonly behind: readonly string[];
  /** The value that holds the logits: behind the layer's bias and pooling, before any nonlinearity. */
  readonly logits: string;
}

/** Why a model has no linear head. */
export interface NoHead {
  readonly obstacle: string;
}

/** The linear layer that a model's first output comes from, or the operator that is in the way. */
export function findHead({ graph }: Model, inference: Inference): Head | NoHead {
  return new Search(graph, inference).run();
}

/** Whether a head was found. */
export const isHead = (found: Head | NoHead): found is Head => 'features' in found;

/** The model up to the features of its head, as [N, F]: its only output is named 'nads/features'. */
export function trunk(model: Model, head: Head): Model {
  const { graph } = model;
  const pooled = `${head.features}/pooled`;
  const pool =
    head.pooling === 'average' ? [node('GlobalAveragePool', [head.features], [pooled])] : [];
  const source = pool.length > 0 ? pooled : head.features;
  const flatten = node('Flatten', [source], ['nads/features'], new Map(), {
    name: 'nads/features',
  });
  return prune(
    withGraph(model, {
      nodes: [...graph.nodes, ...pool, flatten],
      outputs: [{ name: 'nads/features', type: 'float32' }],
      valueInfo: [],
    }),
  );
}

/**
 * The model with its logits as only output, named 'nads/logits' and [N, outputs]: without the Softmax or
 * Sigmoid behind the head, or the whole model where there is no head.
 */
export function logits(model: Model, head: Head | NoHead): Model {
  const { graph } = model;
  const name = isHead(head) ? head.logits : graph.outputs[0].name;
  const flatten = node('Flatten', [name], ['nads/logits'], new Map(), { name: 'nads/logits' });
  return prune(
    withGraph(model, {
      nodes: [...graph.nodes, flatten],
      outputs: [{ name: 'nads/logits', type: 'float32' }],
      valueInfo: [],
    }),
  );
}

class Search {
  private readonly graph: Graph;
  private readonly inference: Inference;
  private readonly origins: ReadonlyMap<string, Origin>;
  private readonly producers: ReadonlyMap<string, Node>;
  private readonly behind: string[] = [];
  private averaged = false;
  private logits: string;

  constructor(graph: Graph, inference: Inference) {
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
    if (operator?.adds) return this.variable(at);
    if (operator?.averages && this.averagesAll(at, operator.averages)) {
      this.averaged = true;
      return at.inputs[0];
    }
    if (operator?.classifies && !this.averaged) {
      this.logits = at.inputs[0];
      return this.logits;
    }
    // while it is not training, what sets elements to zero hands them all on
    const passes = operator?.carries === 'in order' || operator?.training === 'mask';
    return passes ? at.inputs[0] : undefined;
  }

  /** The operand of an addition that is computed, where the other is constant: a bias. */
  private variable(at: Node): string | undefined {
    const computed = at.inputs.filter(name => !this.origins.has(name));
    return computed.length === 1 ? computed[0] : undefined;
  }

  private averagesAll(at: Node, averages: NonNullable<Operator['averages']>): boolean {
    const [input, output] = [this.dims(at.inputs[0]), this.dims(at.outputs[0])];
    const keeps = input.length === 4 && output[0] === input[0] && output[1] === input[1];
    return keeps && sizeOf(output.slice(2)) === 1 && averages(at, input.slice(2));
  }

  private linear(at: Node): Head | undefined {
    const found = operatorOf(at)?.head?.(at, {
      dims: this.dims,
      isConstant: name => this.origins.has(name),
      averaged: this.averaged,
    });
    const { behind, logits } = this;
    return found && { node: at, weight: 1, features: at.inputs[0], ...found, behind, logits };
  }

  private dims = (name: string): readonly number[] => this.inference.get(name)?.dims ?? [];
}
