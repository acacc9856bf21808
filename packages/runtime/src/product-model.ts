import type { DataType, Model, Node } from '@nads/onnx';

/** A model that makes a matrix `c` in double precision out of matrices of any sizes. */
export const productModel = (
  nodes: readonly Node[],
  inputs: readonly string[],
  type: DataType = 'float64',
): Model => ({
  irVersion: 8,
  opsets: new Map([['', 13]]),
  producer: { name: 'nads', version: '' },
  functions: [],
  graph: {
    name: 'product',
    nodes,
    inputs: inputs.map(name => value(name, type)),
    outputs: [value('c', 'float64')],
    initializers: new Map(),
    valueInfo: [],
  },
});

const value = (name: string, type: DataType) => ({ name, type, dims: [undefined, undefined] });
