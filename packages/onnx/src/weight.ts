import { isClear, type Leaf, type Path } from './constant-path.js';
import { ConstantPaths } from './constant-paths.js';
import { isFloating } from './data-type.js';
import { consumers, producers, type Graph, type Node } from './graph.js';
import type { LayerKind, WeightRole, WeightSurroundings, WeightUse } from './layers/weight-rule.js';
import { operatorOf } from './operators/registry.js';
import type { Origin } from './origin.js';
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
  /** Dims as the node sees them; of a constant that the node sees through computations, its own. */
  readonly dims: readonly number[];
  /** Products that are summed into one output (PyTorch's definition: dims[1] × kernel). */
  readonly fanIn: number;
  /** Outputs that one input goes to (PyTorch's definition: dims[0] × kernel). */
  readonly fanOut: number;
  readonly origin: Origin;
  /** Operators between the constant and the layer. */
  readonly through: readonly string[];
  /** Whether the operand is computed from this constant and maybe others; else it holds the constant's elements. */
  readonly isComputed: boolean;
}

/** A constant operand, or a constant that one is computed from, that is not drawn with the weights. */
export interface Kept {
  /** The node's name, or its output's where it has none. */
  readonly node: string;
  readonly operator: string;
  readonly input: number;
  /** Names of the constants. */
  readonly constants: readonly string[];
  readonly reason: string;
}

/** What is in the constants that the nodes of a graph read. */
export interface Constants {
  readonly weights: readonly Weight[];
  readonly kept: readonly Kept[];
  /** Operands of layers of which it is not clear what they are computed from, one line each. */
  readonly obstacles: readonly string[];
}

/**
 * The weights of a graph: which constant is which part of which layer. Constants that stand before
 * the first layer (normalisation of the input), scalars and shapes are no weights. An operand that is computed from constants is
 * traced to those that hold the weight: v of a weight norm, w of w·mask, the parts of a Concat.
 */
export const weights = (graph: Graph, inference: Inference): readonly Weight[] =>
  readConstants(graph, inference).weights;

/** The weights of a graph, what of its constants is kept, and what is not clear. */
export function readConstants(graph: Graph, inference: Inference): Constants {
  const scan = new Scan(graph, inference);
  for (const node of graph.nodes) scan.visit(node);
  return scan;
}

/** Names of the constants that training changes: all weights but batch-norm's statistics, each once. */
export function parameters(graph: Graph, inference: Inference): string[] {
  const learned = weights(graph, inference).filter(
    ({ role }) => role !== 'mean' && role !== 'variance',
  );
  return [...new Set(learned.map(({ origin }) => origin.name))];
}

class Scan implements WeightSurroundings, Constants {
  readonly weights: Weight[] = [];
  readonly kept: Kept[] = [];
  readonly obstacles: string[] = [];
  private readonly paths: ConstantPaths;
  private readonly producers: ReadonlyMap<string, Node>;
  private readonly readers: ReadonlyMap<string, readonly Node[]>;
  private readonly outputs: ReadonlySet<string>;
  private readonly inference: Inference;
  /** Values that depend on a layer with weights. */
  private readonly learned = new Set<string>();
  private readonly uses = new Map<Node, readonly WeightUse[]>();

  constructor(graph: Graph, inference: Inference) {
    this.paths = new ConstantPaths(graph, inference);
    this.producers = producers(graph);
    this.readers = consumers(graph);
    this.outputs = new Set(graph.outputs.map(({ name }) => name));
    this.inference = inference;
  }

  visit(node: Node): void {
    if (node.outputs.some(this.paths.isFixed)) return;
    const uses = this.usesOf(node).filter(use => this.isWeight(node.inputs[use.input]));
    for (const use of uses) this.take(node, use);
    this.keepOthers(node, uses);
    this.requireKnownKernel(node);
    if (uses.length > 0 || node.inputs.some(name => this.isLearned(name)))
      for (const name of node.outputs) this.learned.add(name);
  }

  dims = (name: string | undefined): readonly number[] =>
    this.inference.get(name ?? '')?.dims ?? [];
  producer = (name: string): Node | undefined => this.producers.get(name);
  isLearned = (name: string): boolean => this.learned.has(name);
  isWeight = (name: string | undefined): boolean =>
    name !== undefined && this.paths.isFixed(name) && isFloating(this.inference.get(name)?.type);

  summedBehind = (name: string): readonly number[] => {
    if (this.outputs.has(name)) return [];
    const [first = [], ...others] = (this.readers.get(name) ?? []).map(reader =>
      this.axesSummed(reader),
    );
    return first.filter(axis => others.every(axes => axes.includes(axis)));
  };

  private axesSummed(node: Node): readonly number[] {
    const inputs = node.inputs.map(name => this.inference.get(name));
    if (!inputs[0]?.dims) return [];
    // the axes of a sum are read the same way in all opsets
    const application = { node, inputs, opset: 1, inferGraph: () => [] };
    return operatorOf(node)?.sumsOver?.(application) ?? [];
  }

  /** Found once for each node, since the rule of one may ask for those of the node in front of it. */
  usesOf = (node: Node): readonly WeightUse[] => {
    const found = this.uses.get(node) ?? operatorOf(node)?.weights?.(node, this) ?? [];
    this.uses.set(node, found);
    return found;
  };

  private take(node: Node, use: WeightUse): void {
    const name = node.inputs[use.input];
    const origin = this.paths.originOf(name);
    if (origin && this.isWeight(origin.name))
      this.add(node, use, { origin, through: origin.through });
    else this.takeComputed(node, use, name);
  }

  private takeComputed(node: Node, use: WeightUse, name: string): void {
    const path = this.paths.trace(name);
    if (isClear(path) && (path.isRearranged || isProduct(use))) {
      for (const leaf of path.leaves) this.add(node, use, leaf, true);
      this.keep(node, use.input, namesOf(path.kept), 'a scale, a mask or a norm of the weight');
    } else if (isClear(path) || !isLearnable(use)) {
      const constants = isClear(path) ? namesOf(allOf(path)) : this.behind(name);
      this.keep(node, use.input, constants, `${use.role} of kind ${use.kind}, computed`);
    } else
      this.obstacles.push(
        `weight '${name}' of node '${nameOf(node)}' (${node.operator}) is computed from ${quoted(this.behind(name))}: ${path.obstacle}; ${advice}`,
      );
  }

  /** What else a node reads that is constant and varies along two axes or more: nobody knows whether it was learnt. */
  private keepOthers(node: Node, uses: readonly WeightUse[]): void {
    node.inputs.forEach((name, input) => {
      if (!this.isWeight(name) || uses.some(use => use.input === input)) return;
      if (this.dims(name).filter(size => size > 1).length < 2) return;
      this.keep(node, input, this.behind(name), 'no weight of a layer that is known');
    });
  }

  /** A kernel or matrix that depends on the images may come from layers, but not from constants of which nobody knows what they are. */
  private requireKnownKernel(node: Node): void {
    const name = node.inputs[1];
    const layer = operatorOf(node)?.layer;
    const isMatrix = this.dims(name).length === 2 && !this.paths.isFixed(node.inputs[0]);
    if (!layer || this.paths.isFixed(name) || (layer === 'linear' && !isMatrix)) return;
    const constants = this.unknownBefore(name);
    if (constants.length === 0) return;
    this.obstacles.push(
      `weight '${name}' of node '${nameOf(node)}' (${node.operator}) is computed from ${quoted(constants)} and the images; replace it by a constant, or by the output of a layer`,
    );
  }

  /** Constants that a value is computed from and that are no weights of a layer, back to layers. */
  private unknownBefore(name: string): string[] {
    const [found, seen, left] = [new Set<string>(), new Set<string>(), [name]];
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const node = this.producers.get(next);
      if (!node || seen.has(next)) continue;
      seen.add(next);
      if (this.usesOf(node).some(use => this.isWeight(node.inputs[use.input]))) continue;
      for (const input of node.inputs)
        if (!this.paths.isFixed(input)) left.push(input);
        else if (this.isWeight(input) && this.dims(input).filter(size => size > 1).length > 1)
          for (const one of this.behind(input)) found.add(one);
    }
    return [...found];
  }

  private keep(node: Node, input: number, constants: readonly string[], reason: string): void {
    if (constants.length === 0) return;
    const { operator } = node;
    this.kept.push({ node: nameOf(node), operator, input, constants, reason });
  }

  /** Constants that a value is computed from: those that can hold numbers of a weight, or all where there are none. */
  private behind(name: string): string[] {
    const origin = this.paths.originOf(name);
    const all = origin ? [origin.name] : [...this.paths.constantsBehind(name)];
    const holding = all.filter(one => this.canHoldWeight(one));
    return holding.length > 0 ? holding : all;
  }

  /** Whether a constant is of floating-point numbers, or of whole ones along two axes or more. */
  private canHoldWeight = (name: string): boolean =>
    isFloating(this.inference.get(name)?.type) ||
    this.dims(name).filter(size => size > 1).length >= 2;

  private add(node: Node, use: WeightUse, leaf: Leaf, isComputed = false): void {
    const { kind, role, input } = use;
    const { origin, through } = leaf;
    const { name: given, outputs } = use.layer ?? node;
    this.weights.push({
      layer: given || outputs[0],
      kind,
      role,
      node,
      input,
      dims: this.dims(isComputed ? origin.name : node.inputs[input]),
      ...fansOf(use, leaf),
      origin,
      through,
      isComputed,
    });
  }
}

/** Fans of the operand; of a factor of a weight of low rank its own, as if each factor were a layer. */
function fansOf({ fanIn = 1, fanOut = 1 }: WeightUse, { factor }: Leaf) {
  if (!factor) return { fanIn, fanOut };
  const { side, rows, inner, columns } = factor;
  const isInputOnRight = columns === fanIn;
  if (side === 'right') return isInputOnRight ? fans(columns, inner) : fans(inner, columns);
  return isInputOnRight ? fans(inner, rows) : fans(rows, inner);
}

const fans = (fanIn: number, fanOut: number) => ({ fanIn, fanOut });

const advice =
  'nads fold MODEL -o plain.onnx makes constants of such weights, which are drawn as any others';

/** Whether a use is that of a kernel or matrix, or of its bias: the leaves of what is computed are drawn as such. */
const isProduct = ({ kind }: WeightUse): boolean => kind !== 'norm' && kind !== 'prelu';

/** Whether an operand must not stay as it is. */
const isLearnable = ({ kind }: WeightUse): boolean =>
  kind === 'conv' || kind === 'conv-transpose' || kind === 'linear' || kind === 'recurrent';

const allOf = ({ leaves, kept }: Path): Origin[] => [
  ...leaves.map(({ origin }) => origin),
  ...kept,
];

const namesOf = (found: readonly Origin[]): string[] => [...new Set(found.map(({ name }) => name))];

const nameOf = ({ name, outputs }: Node): string => name || outputs[0];

const quoted = (names: readonly string[]): string => {
  const shown = names.slice(0, 4).map(name => `'${name}'`);
  return (
    shown.join(', ') +
    (names.length > shown.length ? ` and ${names.length - shown.length} more` : '')
  );
};
