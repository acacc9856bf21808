import type { DataType } from './data-type.js';
import type { Tensor } from './tensor.js';

/** One application of an operator. Empty names in inputs and outputs are optional ones left out. */
export interface Node {
  readonly name: string;
  readonly operator: string;
  /** Operator set that the operator belongs to; '' is ONNX's own. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
  /** What else the file says of the node (documentation, metadata); kept for a round trip. */
  readonly extra?: object;
}

/** A size that is known, that has a name (free), or of which the file says nothing. */
export type Dimension = number | string | undefined;

/** Name and type of a graph's input, output or intermediate value. */
export interface ValueInfo {
  readonly name: string;
  /** Undefined for values that are not tensors: sequences, maps, optionals. */
  readonly type?: DataType;
  /** Undefined where the file does not even say how many axes there are. */
  readonly dims?: readonly Dimension[];
  readonly extra?: object;
}

/** A computation: nodes in topological order over named values. Nothing in it is ever changed. */
export interface Graph {
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly initializers: ReadonlyMap<string, Tensor>;
  readonly valueInfo: readonly ValueInfo[];
  readonly extra?: object;
}

/**
 * The value of a node's attribute. Integers are exact; strings are bytes, since files hold more than
 * UTF-8. `reference` names an attribute of the enclosing function; `opaque` is one that we carry
 * along without looking inside (sparse tensors, type descriptions).
 */
export type Attribute = (
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'string'; readonly value: Uint8Array }
  | { readonly type: 'tensor'; readonly value: Tensor }
  | { readonly type: 'graph'; readonly value: Graph }
  | { readonly type: 'floats'; readonly value: readonly number[] }
  | { readonly type: 'ints'; readonly value: readonly bigint[] }
  | { readonly type: 'strings'; readonly value: readonly Uint8Array[] }
  | { readonly type: 'tensors'; readonly value: readonly Tensor[] }
  | { readonly type: 'graphs'; readonly value: readonly Graph[] }
  | { readonly type: 'reference'; readonly value: string; readonly wire: object }
  | { readonly type: 'opaque'; readonly value: object }
) & {
  /** What else the file says of it (documentation); kept for a round trip. */
  readonly extra?: object;
};

export type Attributes = ReadonlyMap<string, Attribute>;

/** A node with the fields that most have left at their defaults. */
export function node(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Attributes = new Map(),
  { name = outputs[0], domain = '' } = {},
): Node {
  return { name, operator, domain, inputs, outputs, attributes };
}

/** Inputs that a caller must feed: those without an initializer. */
export const feeds = (graph: Graph): readonly ValueInfo[] =>
  graph.inputs.filter(input => !graph.initializers.has(input.name));

/** The node that computes each value. */
export function producers(graph: Graph): ReadonlyMap<string, Node> {
  const makers = new Map<string, Node>();
  for (const node of graph.nodes) for (const name of node.outputs) makers.set(name, node);
  return makers;
}

/** The nodes that read each value, in order; reads inside subgraphs count for the node that has them. */
export function consumers(graph: Graph): ReadonlyMap<string, readonly Node[]> {
  const readers = new Map<string, Node[]>();
  for (const node of graph.nodes)
    for (const name of new Set(reads(node))) {
      const list = readers.get(name);
      if (list) list.push(node);
      else readers.set(name, [node]);
    }
  return readers;
}

/** Every value that a node needs: its inputs, and what its subgraphs take from outside. */
export function reads(node: Node): string[] {
  const own = node.inputs.filter(name => name !== '');
  const inside = subgraphs(node);
  return inside.length === 0 ? own : [...own, ...inside.flatMap(outerReads)];
}

/** Graphs inside a node's attributes (the branches of If, the body of Loop and Scan). */
export function subgraphs({ attributes }: Pick<Node, 'attributes'>): Graph[] {
  if (attributes.size === 0) return [];
  return [...attributes.values()].flatMap(attribute => {
    if (attribute.type === 'graph') return [attribute.value];
    return attribute.type === 'graphs' ? attribute.value : [];
  });
}

function outerReads(graph: Graph): string[] {
  const inside = new Set([
    ...graph.inputs.map(input => input.name),
    ...graph.initializers.keys(),
    ...graph.nodes.flatMap(node => node.outputs),
  ]);
  const wanted = [...graph.nodes.flatMap(reads), ...graph.outputs.map(output => output.name)];
  return wanted.filter(name => !inside.has(name));
}
