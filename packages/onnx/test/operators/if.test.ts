import { InferenceSession } from 'onnxruntime-node';
import { attributes } from '../../src/attribute.js';
import { node, type Graph, type Node } from '../../src/graph.js';
import { inferShapes } from '../../src/infer-shapes.js';
import type { Model } from '../../src/model.js';
import { integers, tensorOf, type Tensor } from '../../src/tensor.js';
import { writeModel } from '../../src/write-model.js';

const branch = (name: string, nodes: Node[]): Graph => ({
  name,
  nodes,
  inputs: [],
  outputs: [{ name }],
  initializers: new Map<string, Tensor>([['axes', integers([0])]]),
  valueInfo: [],
});

/** y = x squeezed if the condition holds, else whatever `otherwise` makes of x. */
function conditional(otherwise: Node[], condition?: boolean): Model {
  const branches = attributes({
    then_branch: { type: 'graph', value: branch('a', [node('Squeeze', ['x', 'axes'], ['a'])]) },
    else_branch: { type: 'graph', value: branch('b', otherwise) },
  });
  const held =
    condition === undefined ? [] : [['c', tensorOf('bool', [], [Number(condition)])] as const];
  return {
    irVersion: 8,
    opsets: new Map([['', 13]]),
    producer: { name: '', version: '' },
    functions: [],
    graph: {
      name: 'conditional',
      nodes: [node('If', ['c'], ['y'], branches)],
      inputs: [
        { name: 'x', type: 'float32', dims: ['N', 3] },
        ...(held.length === 0 ? [{ name: 'c', type: 'bool' as const, dims: [] }] : []),
      ],
      outputs: [{ name: 'y' }],
      initializers: new Map(held),
      valueInfo: [],
    },
  };
}

const same = [node('Identity', ['x'], ['b'])];
const alike = [node('Squeeze', ['x', 'axes'], ['s']), node('Relu', ['s'], ['b'])];
const outputOf = (model: Model, batch: number) => inferShapes(model, { x: [batch, 3] }).get('y');

describe('If', () => {
  test('has the dims of the branch that a constant chooses', () => {
    expect(outputOf(conditional(same, true), 1)?.dims).toEqual([3]);
    expect(outputOf(conditional(same, false), 2)?.dims).toEqual([2, 3]);
  });

  test('has dims where both branches agree', () => {
    expect(outputOf(conditional(alike), 1)).toEqual({ type: 'float32', dims: [3] });
  });

  test('has none where the branches differ, or one is for other shapes', () => {
    expect(outputOf(conditional(same), 1)).toEqual({ type: 'float32', dims: undefined });
    expect(outputOf(conditional(same), 2)).toEqual({ type: undefined, dims: undefined });
  });

  test('is what onnxruntime runs', async () => {
    const session = await InferenceSession.create(writeModel(conditional(same, true)), {
      logSeverityLevel: 3,
      intraOpNumThreads: 1,
    });
    expect(session.outputNames).toEqual(['y']);
    await session.release();
  });

  test('refuses a chosen branch that contradicts itself', () => {
    expect(() => outputOf(conditional(same, true), 2)).toThrow(
      "node 'y' (If): node 'a' (Squeeze): axis 0 of [2,3] has size 2, expected 1",
    );
  });
});
