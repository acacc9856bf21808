import { isFloating } from './data-type.js';
import { producers, type Graph, type Node } from './graph.js';
import type { LayerKind, WeightRole, WeightSurroundings, WeightUse } from './layers/weight-rule.js';
import { operatorOf } from './operators/registry.js';
import { origins, type Origin } from './origin.js';
import type { Inference } from './shapes/known.js';

/** One use of a constant by a layer. */
export interface Weight {
  /** The layer: its node's name, or its output's where it has none. */
  readonly layer: string;
  readonly kind: LayerKind;
  readonly role: WeightRole;
  /** The node that reads the weight and the input it reads it at. */
  readonly node: Node;
  readonly input: number;
  /** Dims as the node sees them. */
  readonly dims: readonly number[];
  /** Products that are summed into one output (PyTorch's definition: dims[1] × kernel). */
  readonly fanIn: number;
  /** Outputs that one input goes to (PyTorch's definition: dims[0] × kernel). */
  readonly fanOut: number;
  readonly origin: Origin;
}

/**
 * The weights of a graph: which constant is which part of which layer. Constants that stand before
 * the first layer (normalisation of the input), scalars and shapes are no weights.
 */
export function weights(graph: Graph, inference: Inference): Weight[] {
  const scan = new Scan(graph, inference);
  return graph.nodes.flatMap(node => scan.visit(node));
}

/** Names of the constants that training changes: all weights but batch-norm's statistics, each once. */
export function parameters(graph: Graph, inference: Inference): string[] {
  const learned = weights(graph, inference).filter(
    ({ role }) => role !== 'mean' && role !== 'variance',
  );
  return [...new Set(learned.map(({ origin }) => origin.name))];
}

class Scan implements WeightSurroundings {
  private readonly origins: ReadonlyMap<string, Origin>;
  private readonly producers: ReadonlyMap<string, Node>;
  private readonly inference: Inference;
  /** Values that depend on a layer with weights. */
  private readonly learned = new Set<string>();

  constructor(graph: Graph, inference: Inference) {
    this.origins = origins(graph);
    this.producers = producers(graph);
    this.inference = inference;
  }

  visit(node: Node): Weight[] {
    const found = this.usesOf(node)
      .filter(use => this.isWeight(node.inputs[use.input]))
      .map(use => this.weight(node, use));
    if (found.length > 0 || node.inputs.some(name => this.isLearned(name)))
      for (const name of node.outputs) this.learned.add(name);
    return found;
  }

  dims = (name: string | undefined): readonly number[] =>
    this.inference.get(name ?? '')?.dims ?? [];
  usesOf = (node: Node): readonly WeightUse[] => operatorOf(node)?.weights?.(node, this) ?? [];
  producer = (name: string): Node | undefined => this.producers.get(name);
  isLearned = (name: string): boolean => this.learned.has(name);
  isWeight = (name: string | undefined): boolean =>
    name !== undefined && this.origins.has(name) && isFloating(this.inference.get(name)?.type);

  private weight(node: Node, use: WeightUse): Weight {
    const name = node.inputs[use.input];
    const { fanIn = 1, fanOut = 1, kind, role, input } = use;
    const { name: given, outputs } = use.layer ?? node;
    const origin = this.origins.get(name)!;
    return {
      layer: given || outputs[0],
      kind,
      role,
      node,
      input,
      dims: this.dims(name),
      fanIn,
      fanOut,
      origin,
    };
  }
}
