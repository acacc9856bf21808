import { consumers, producers, type Graph, type Node } from './graph.js';
import type { Inference } from './shapes/known.js';
import { getInt } from './attribute.js';
import { isFloating } from './data-type.js';
import { origins, type Origin } from './origin.js';
import { sizeOf } from './tensor.js';

/** What kind of layer a weight belongs to. */
export type LayerKind =
  'conv' | 'conv-transpose' | 'linear' | 'norm' | 'prelu' | 'embedding' | 'recurrent';

/** What a weight does in its layer. */
export type WeightRole = 'weight' | 'bias' | 'scale' | 'shift' | 'mean' | 'variance';

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

/** A weight still without what follows from its place in the graph. */
interface Use {
  readonly input: number;
  readonly kind: LayerKind;
  readonly role: WeightRole;
  readonly fanIn?: number;
  readonly fanOut?: number;
  /** The layer, where it is another node than the one that reads the weight. */
  readonly layer?: Node;
}

type Rule = (node: Node, scan: Scan) => readonly Use[];

class Scan {
  readonly origins: ReadonlyMap<string, Origin>;
  readonly producers: ReadonlyMap<string, Node>;
  readonly consumers: ReadonlyMap<string, readonly Node[]>;
  readonly inference: Inference;
  /** Values that depend on a layer with weights. */
  private readonly learned = new Set<string>();

  constructor(graph: Graph, inference: Inference) {
    this.origins = origins(graph);
    this.producers = producers(graph);
    this.consumers = consumers(graph);
    this.inference = inference;
  }

  visit(node: Node): Weight[] {
    const uses = ruleOf(node)?.(node, this) ?? [];
    const found = uses
      .filter(use => this.isWeight(node.inputs[use.input]))
      .map(use => this.weight(node, use));
    if (found.length > 0 || node.inputs.some(name => this.isLearned(name)))
      for (const name of node.outputs) this.learned.add(name);
    return found;
  }

  dims = (name: string | undefined): readonly number[] =>
    this.inference.get(name ?? '')?.dims ?? [];
  isLearned = (name: string): boolean => this.learned.has(name);
  isWeight = (name: string | undefined): boolean =>
    name !== undefined && this.origins.has(name) && isFloating(this.inference.get(name)?.type);

  private weight(node: Node, use: Use): Weight {
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

const convolution =
  (kind: 'conv' | 'conv-transpose'): Rule =>
  (node, scan) => {
    const [first = 1, second = 1, ...kernel] = scan.dims(node.inputs[1]);
    const fans = { fanIn: second * sizeOf(kernel), fanOut: first * sizeOf(kernel) };
    return [
      { input: 1, kind, role: 'weight', ...fans },
      { input: 2, kind, role: 'bias', ...fans },
    ];
  };

const gemm: Rule = (node, scan) => {
  const dims = scan.dims(node.inputs[1]);
  const [fanIn = 1, fanOut = 1] = getInt(node, 'transB', 0) ? [dims[1], dims[0]] : dims;
  return [
    { input: 1, kind: 'linear', role: 'weight', fanIn, fanOut },
    { input: 2, kind: 'linear', role: 'bias', fanIn, fanOut },
  ];
};

const matMul: Rule = (node, scan) => {
  const input = scan.isWeight(node.inputs[1]) ? 1 : 0;
  const [fanIn = 1, fanOut = 1] = matrixFans(scan.dims(node.inputs[input]), input);
  return [{ input, kind: 'linear', role: 'weight', fanIn, fanOut }];
};

/** A matrix on the right maps its rows to its columns, one on the left its columns to its rows. */
function matrixFans(dims: readonly number[], input: number): readonly (number | undefined)[] {
  if (dims.length === 1) return [dims[0], 1];
  const [rows, columns] = [dims.at(-2), dims.at(-1)];
  return input === 1 ? [rows, columns] : [columns, rows];
}

const normalisation: Rule = () => [
  { input: 1, kind: 'norm', role: 'scale' },
  { input: 2, kind: 'norm', role: 'shift' },
  { input: 3, kind: 'norm', role: 'mean' },
  { input: 4, kind: 'norm', role: 'variance' },
];

const gatherRows: Rule = (node, scan) =>
  scan.isWeight(node.inputs[1]) || sizeOf(scan.dims(node.inputs[0])) < 2
    ? []
    : [{ input: 0, kind: 'embedding', role: 'weight' }];

const recurrent: Rule = (node, scan) => {
  const hidden = scan.dims(node.inputs[2]).at(-1) ?? 1;
  const roles = ['weight', 'weight', 'bias'] as const;
  return roles.map((role, i) => ({
    input: i + 1,
    kind: 'recurrent',
    role,
    fanIn: hidden,
    fanOut: hidden,
  }));
};

/** A constant added right behind a layer is its bias, elsewhere the shift of a normalisation or an embedding. */
const addition: Rule = (node, scan) => {
  const input = operand(node, scan);
  if (input === undefined) return [];
  const layer = scan.producers.get(node.inputs[1 - input]);
  const fans = layer && biasFans(layer, scan);
  if (fans) return [{ ...fans, input, role: 'bias', layer }];
  if (!isVector(scan.dims(node.inputs[input])))
    return [{ input, kind: 'embedding', role: 'weight' }];
  return [{ input, kind: 'norm', role: 'shift' }];
};

/** The fans of a Conv or MatMul that has no bias of its own. */
function biasFans(layer: Node, scan: Scan): Use | undefined {
  if (layer.operator !== 'MatMul' && layer.operator !== 'Conv') return undefined;
  if (layer.operator === 'Conv' && layer.inputs[2]) return undefined;
  const [weight] = ruleOf(layer)?.(layer, scan) ?? [];
  return weight && scan.isWeight(layer.inputs[weight.input]) ? weight : undefined;
}

const scaling: Rule = (node, scan) => {
  const input = operand(node, scan);
  if (input === undefined || !isVector(scan.dims(node.inputs[input]))) return [];
  return [{ input, kind: 'norm', role: 'scale' }];
};

/** Batch-norm spelled out: what is subtracted is a mean, what is divided by a deviation. */
const standardisation =
  (role: 'mean' | 'scale'): Rule =>
  (node, scan) =>
    operand(node, scan) === 1 && isVector(scan.dims(node.inputs[1]))
      ? [{ input: 1, kind: 'norm', role }]
      : [];

/** The constant operand of an elementwise node whose other operand depends on learned weights. */
function operand(node: Node, scan: Scan): number | undefined {
  const input = node.inputs.findIndex(name => scan.isWeight(name));
  if (input < 0 || !scan.isLearned(node.inputs[1 - input])) return undefined;
  return sizeOf(scan.dims(node.inputs[input])) > 1 ? input : undefined;
}

const isVector = (dims: readonly number[]): boolean => dims.filter(size => size > 1).length === 1;

const rules: Readonly<Record<string, Rule>> = {
  Conv: convolution('conv'),
  ConvTranspose: convolution('conv-transpose'),
  Gemm: gemm,
  MatMul: matMul,
  BatchNormalization: normalisation,
  InstanceNormalization: normalisation,
  LayerNormalization: normalisation,
  GroupNormalization: normalisation,
  PRelu: () => [{ input: 1, kind: 'prelu', role: 'weight' }],
  Gather: gatherRows,
  LSTM: recurrent,
  GRU: recurrent,
  RNN: recurrent,
  Add: addition,
  Mul: scaling,
  Sub: standardisation('mean'),
  Div: standardisation('scale'),
};

/** The rule of an operator of ONNX's own; other domains may mean something else by the same name. */
const ruleOf = ({ operator, domain }: Node): Rule | undefined =>
  domain === '' && Object.hasOwn(rules, operator) ? rules[operator] : undefined;
