import { getFloat, getInt, getInts } from './attribute.js';
import { node, producers, type Graph, type Node } from './graph.js';
import type { Inference } from './shapes/known.js';
import { withGraph, type Model } from './model.js';
import { windowOf } from './shapes/window.js';
import { origins, type Origin } from './origin.js';
import { prune } from './prune.js';
import { sizeOf } from './tensor.js';

/** The last layer of a model, where it is linear: outputs = W·features + b. */
export interface Head {
  /** The node that holds the product. */
  readonly node: Node;
  /** The index of its input that is the weight. */
  readonly weight: number;
  /** The value that enters the layer. */
  readonly features: string;
  /** How the features become a vector of one image: as they are, flattened, or averaged over space. */
  readonly pooling: 'none' | 'flatten' | 'average';
  /** Number of features of one image. */
  readonly size: number;
  /** Number of outputs. */
  readonly outputs: number;
  /** Operators between the layer and the model's output, which the head leaves out. */
  readonly behind: readonly string[];
  /** The value that holds the logits: behind the layer's bias and pooling, before any nonlinearity. */
  readonly logits: string;
}

/** Why a model has no linear head. */
export interface NoHead {
  readonly obstacle: string;
}

/** What may end a classifier behind its logits. */
const nonlinear = new Set(['Softmax', 'LogSoftmax', 'Sigmoid']);

/** What may stand between the last linear layer and the output: it keeps logits as they are, but for their shape. */
const passing = new Set([
  'Identity',
  'Dropout',
  'Flatten',
  'Reshape',
  'Squeeze',
  'Unsqueeze',
  'Cast',
]);

/** Operators that average over all of space. */
const averaging = new Set(['GlobalAveragePool', 'ReduceMean', 'AveragePool']);

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

/** Whether a pooling leaves no pixel out and adds none. */
function coversAll(at: Node, space: readonly number[]): boolean {
  if (at.operator !== 'AveragePool') return true;
  const { kernel, begin, end } = windowOf(at, getInts(at, 'kernel_shape', []), space);
  const padded = [...begin, ...end].some(pad => pad > 0);
  return !padded && kernel.every((size, i) => size === space[i]);
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
      if (!before)
        return {
          obstacle: `the last layer is not linear: '${at.name}' (${at.operator}) follows it`,
        };
      this.behind.unshift(at.operator);
      name = before;
    }
  }

  /** The value before a node that keeps linearity, if the node does. */
  private stepBack(at: Node): string | undefined {
    if (at.operator === 'Add') return this.variable(at);
    if (averaging.has(at.operator) && this.averagesAll(at)) {
      this.averaged = true;
      return at.inputs[0];
    }
    if (nonlinear.has(at.operator) && !this.averaged) {
      this.logits = at.inputs[0];
      return this.logits;
    }
    return passing.has(at.operator) ? at.inputs[0] : undefined;
  }

  /** The operand of an addition that is computed, where the other is constant: a bias. */
  private variable(at: Node): string | undefined {
    const computed = at.inputs.filter(name => !this.origins.has(name));
    return computed.length === 1 ? computed[0] : undefined;
  }

  private averagesAll(at: Node): boolean {
    const [input, output] = [this.dims(at.inputs[0]), this.dims(at.outputs[0])];
    const keeps = input.length === 4 && output[0] === input[0] && output[1] === input[1];
    return keeps && sizeOf(output.slice(2)) === 1 && coversAll(at, input.slice(2));
  }

  private linear(at: Node): Head | undefined {
    if (at.operator === 'Gemm') return this.gemm(at);
    if (at.operator === 'MatMul') return this.matMul(at);
    return at.operator === 'Conv' ? this.conv(at) : undefined;
  }

  private gemm(at: Node): Head | undefined {
    if (
      !this.origins.has(at.inputs[1]) ||
      getInt(at, 'transA', 0) ||
      getFloat(at, 'alpha', 1) !== 1
    )
      return undefined;
    const bias = at.inputs[2];
    if (bias && !this.origins.has(bias)) return undefined;
    const dims = this.dims(at.inputs[1]);
    const [size, outputs] = getInt(at, 'transB', 0) ? [dims[1], dims[0]] : dims;
    return this.head(at, 'none', size, outputs);
  }

  private matMul(at: Node): Head | undefined {
    const dims = this.dims(at.inputs[1]);
    const rows = this.dims(at.inputs[0]);
    if (!this.origins.has(at.inputs[1]) || dims.length !== 2 || rows.length < 2) return undefined;
    if (sizeOf(rows.slice(1, -1)) !== 1) return undefined;
    return this.head(at, 'none', dims[0], dims[1]);
  }

  /** A convolution is linear in the features where it sees all of space, or is averaged over it. */
  private conv(at: Node): Head | undefined {
    const weight = this.dims(at.inputs[1]);
    if (!this.origins.has(at.inputs[1]) || getInt(at, 'group', 1) !== 1 || weight.length !== 4)
      return undefined;
    const space = sizeOf(this.dims(at.outputs[0]).slice(2));
    const padded = getInts(at, 'pads', []).some(pad => pad > 0);
    const inputSpace = sizeOf(this.dims(at.inputs[0]).slice(2));
    const kernel = sizeOf(weight.slice(2));
    if (space === 1 && !padded && kernel === inputSpace)
      return this.head(at, 'flatten', sizeOf(weight.slice(1)), weight[0]);
    const pointwise = kernel === 1 && !padded && space === inputSpace && this.averaged;
    return pointwise ? this.head(at, 'average', weight[1], weight[0]) : undefined;
  }

  private head(at: Node, pooling: Head['pooling'], size: number, outputs: number): Head {
    return {
      node: at,
      weight: 1,
      features: at.inputs[0],
      pooling,
      size,
      outputs,
      behind: this.behind,
      logits: this.logits,
    };
  }

  private dims = (name: string): readonly number[] => this.inference.get(name)?.dims ?? [];
}
