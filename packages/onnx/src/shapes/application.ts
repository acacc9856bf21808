import type { DataType } from '../data-type.js';
import type { Graph, Node } from '../graph.js';
import type { Tensor } from '../tensor.js';
import type { Known } from './known.js';

/** What a shape rule gets to see of its node. Inputs left out are undefined. */
export interface Application {
  readonly node: Node;
  readonly inputs: readonly (Known | undefined)[];
  /** Version of the operator set that the node belongs to. */
  readonly opset: number;
  /** What is known of the outputs of a graph among the node's attributes, which sees what the node sees. */
  readonly inferGraph: (graph: Graph) => readonly Known[];
}

/** A node and what is known of its inputs. */
export type Stated = Pick<Application, 'node' | 'inputs'>;

/** Dims of an input. @throws Unknown where they depend on data. */
export function dimsOf({ inputs }: Application, index: number): readonly number[] {
  const dims = inputs[index]?.dims;
  if (!dims) throw new Unknown(`the shape of input ${index} depends on data`);
  return dims;
}

/** Constant value of an input. @throws Unknown where it is computed from data. */
export function valueOf({ inputs }: Pick<Application, 'inputs'>, index: number): Tensor {
  const value = inputs[index]?.value;
  if (!value) throw new Unknown(`the value of input ${index} depends on data`);
  return value;
}

/** Whether an optional input is there. */
export const hasInput = ({ node }: Pick<Application, 'node'>, index: number): boolean =>
  (node.inputs[index] ?? '') !== '';

/** Element type of an input, if known. */
export const typeOf = ({ inputs }: Application, index: number): DataType | undefined =>
  inputs[index]?.type;

/** Says that an output cannot be known before running: not an error of the model. */
export class Unknown extends Error {}
