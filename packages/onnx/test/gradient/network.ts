import { attributes, type AttributeLike } from '../../src/attribute.js';
import type { DataType } from '../../src/data-type.js';
import { node, type Node } from '../../src/graph.js';
import type { Model } from '../../src/model.js';
import type { Tensor } from '../../src/tensor.js';
import { expectModelGradients } from './expect-gradients.js';

/** A node; names of inputs and outputs are words, two blanks in a row leave an input out. */
export const n = (
  operator: string,
  inputs: string,
  outputs: string,
  settings: Record<string, AttributeLike> = {},
  domain = '',
): Node =>
  node(operator, inputs ? inputs.split(' ') : [], outputs.split(' '), attributes(settings), {
    domain,
  });

/** A model from 'x' to 'y'. */
export const network = (
  opset: number,
  nodes: readonly Node[],
  constants: Record<string, Tensor>,
  dims: readonly (number | string)[],
  type: DataType = 'float64',
): Model => ({
  irVersion: 9,
  opsets: new Map([['', opset]]),
  producer: { name: '', version: '' },
  functions: [],
  graph: {
    name: 'network',
    nodes,
    inputs: [{ name: 'x', type, dims }],
    outputs: [{ name: 'y' }],
    initializers: new Map(Object.entries(constants)),
    valueInfo: [],
  },
});

/** Asserts that gradients of a network with a free batch equal differences, for batches of 1 and of 3. */
export async function expectRight(model: Model, point: (batch: number) => Tensor): Promise<void> {
  for (const batch of [1, 3]) {
    const x = point(batch);
    await expectModelGradients(model, new Map([['x', x]]), { single: x.type === 'float32' });
  }
}
