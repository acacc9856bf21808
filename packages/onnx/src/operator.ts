import type { DataType } from './data-type.js';
import type { Decomposition, GradientRule } from './formulas/derivation.js';
import type { Graph, Node } from './graph.js';
import type { Tensor } from './tensor.js';

/** What is known of a value before running: element type, dims, and the value itself where constant. */
export interface Known {
  readonly type?: DataType;
  /** Undefined where it depends on data. */
  readonly dims?: readonly number[];
  readonly value?: Tensor;
}

/** What a shape rule gets to see of its node. Inputs left out are undefined. */
export interface Application {
  readonly node: Node;
  readonly inputs: readonly (Known | undefined)[];
  /** Version of the operator set that the node belongs to. */
  readonly opset: number;
  /** What is known of the outputs of a graph among the node's attributes, which sees what the node sees. */
  readonly inferGraph: (graph: Graph) => readonly Known[];
}

/** How nodes of older opsets get the form that their operator has at opset 17. */
export interface Upgrade {
  /** The opset that brought this form; nodes of this one and of later ones stay as they are. */
  readonly since: number;
  /**
   * The nodes that compute the same in this form, outputs under their old names (see rewritten.ts).
   * Sizes that vary with free axes of the model are NaN in what is known of the inputs.
   * @throws where the old form has no equal; the caller adds the node.
   */
  readonly rewrite: (old: Application) => readonly Node[];
}

/** One operator of an operator set. */
export interface Operator {
  readonly name: string;
  /** '' (ONNX's own) unless said otherwise. */
  readonly domain?: string;
  /**
   * Types, dims and constant values of the outputs, in order.
   * @throws where inputs do not fit each other or the attributes; the caller adds the node.
   */
  readonly infer: (application: Application) => readonly Known[];
  /** Only of operators whose form changed; see upgrade-opset.ts. */
  readonly upgrade?: Upgrade;
  /** Reverse mode; an operator has this, or a decomposition, or no gradient is known of it. */
  readonly gradient?: GradientRule;
  /** The same in terms of other operators, from which the gradient follows. */
  readonly decompose?: Decomposition;
}

/** Dims of an input. @throws Unknown where they depend on data. */
export function dimsOf({ inputs }: Application, index: number): readonly number[] {
  const dims = inputs[index]?.dims;
  if (!dims) throw new Unknown(`the shape of input ${index} depends on data`);
  return dims;
}

/** Constant value of an input. @throws Unknown where it is computed from data. */
export function valueOf({ inputs }: Application, index: number): Tensor {
  const value = inputs[index]?.value;
  if (!value) throw new Unknown(`the value of input ${index} depends on data`);
  return value;
}

/** Whether an optional input is there. */
export const hasInput = ({ node }: Application, index: number): boolean =>
  (node.inputs[index] ?? '') !== '';

/** Element type of an input, if known. */
export const typeOf = ({ inputs }: Application, index: number): DataType | undefined =>
  inputs[index]?.type;

/** Says that an output cannot be known before running: not an error of the model. */
export class Unknown extends Error {}

/** An axis counted from the front. @throws where the rank has no such axis. */
export function normaliseAxis(axis: number, rank: number): number {
  if (axis < -rank || axis >= rank) throw new Error(`axis ${axis} of a tensor of rank ${rank}`);
  return axis < 0 ? axis + rank : axis;
}
