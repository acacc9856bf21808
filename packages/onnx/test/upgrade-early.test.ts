import { float } from '../src/attribute.js';
import type { Attribute } from '../src/graph.js';
import { inferShapes } from '../src/infer-shapes.js';
import { floats, tensorOf, type Tensor } from '../src/tensor.js';
import { upgradeOpset } from '../src/upgrade-opset.js';
import {
  modelOf,
  sample,
  upgradedResult,
  upgradedResults,
  type OldNode,
} from './upgrade-agreement.js';

const vector = (...values: number[]): Tensor => floats([values.length], values);
/** 1, 2, 3 … */
const counted = (...dims: number[]): Tensor => {
  const { data } = sample(...dims);
  return floats(
    dims,
    Array.from(data as Float32Array, (_, i) => i + 1),
  );
};
const truths = (dims: readonly number[], ...values: number[]): Tensor =>
  tensorOf('bool', dims, values);

describe('operands that opset 6 stretched on request', () => {
  const twos = counted(2, 2, 2);

  test.each([
    ['Add', [11, 12, 13, 14, 25, 26, 27, 28], 0],
    ['Sub', [-9, -8, -17, -16, -5, -4, -13, -12], 1],
    ['Mul', [10, 40, 30, 80, 50, 120, 70, 160], 2],
    ['Div', [0.1, 0.1, 0.3, 0.2, 0.5, 0.3, 0.7, 0.4], -1],
  ])('%s', async (operator, expected, axis) => {
    const old: OldNode = { operator, opset: 6, data: [twos], constants: [vector(10, 20)] };
    const result = await upgradedResult({ ...old, attributes: { broadcast: 1, axis } });
    expect(result.map(value => Math.fround(value))).toEqual(expected.map(Math.fround));
  });

  test('Pow, with two axes in front', async () => {
    const constants = [floats([2, 2], [1, 2, 3, 0])];
    const old: OldNode = { operator: 'Pow', opset: 1, data: [twos], constants };
    const result = await upgradedResult({ ...old, attributes: { broadcast: 1, axis: 0 } });
    expect(result).toEqual([1, 2, 9, 16, 125, 216, 1, 1]);
  });

  test('to the last axes, where no axis is said', async () => {
    const old: OldNode = { operator: 'Add', opset: 6, data: [twos], constants: [vector(10, 20)] };
    const result = await upgradedResult({ ...old, attributes: { broadcast: 1 } });
    expect(result).toEqual([11, 22, 13, 24, 15, 26, 17, 28]);
  });

  test('not at all, where it is not asked', () => {
    const constants = [counted(2, 2, 2)];
    const old: OldNode = { operator: 'Add', opset: 6, data: [twos], constants };
    const { nodes } = upgradeOpset(modelOf({ ...old, attributes: { axis: 0 } })).graph;
    expect(nodes).toEqual(modelOf(old).graph.nodes);
  });

  test.each([
    ['And', [0, 1, 0, 1], [0, 0, 0, 1]],
    ['Or', [0, 1, 0, 1], [0, 1, 1, 1]],
    ['Xor', [0, 1, 0, 1], [0, 1, 1, 0]],
    ['Equal', [0, 1, 0, 1], [1, 0, 0, 1]],
  ])('%s, of truths', async (operator, first, expected) => {
    const old = { operator, opset: 6, data: [truths([2, 2], ...first)] };
    const constants = [truths([2], 0, 1)];
    const attributes = { broadcast: 1, axis: 0 };
    expect(await upgradedResult({ ...old, constants, attributes })).toEqual(expected);
  });

  test.each([
    ['Less', [1, 1, 0, 0]],
    ['Greater', [0, 0, 1, 1]],
  ])('%s', async (operator, expected) => {
    const old = { operator, opset: 6, data: [counted(2, 2)], constants: [vector(3, 2)] };
    const attributes = { broadcast: 1, axis: 0 };
    expect(await upgradedResult({ ...old, attributes })).toEqual(expected);
  });

  test('PRelu, whose slope is of the channels', async () => {
    const data = [floats([1, 2, 2], [-1, 2, -3, -4])];
    const old = { operator: 'PRelu', opset: 6, data };
    expect(await upgradedResult({ ...old, constants: [vector(0.5, 0.25)] })).toEqual([
      -0.5, 2, -0.75, -1,
    ]);
    expect(await upgradedResult({ ...old, constants: [vector(0.5)] })).toEqual([-0.5, 2, -1.5, -2]);
  });

  test('Gemm', async () => {
    const data = [counted(2, 2), floats([2, 2], [1, 0, 0, 1])];
    const old = { operator: 'Gemm', opset: 6, data, constants: [vector(10, 20)] };
    const result = await upgradedResult({ ...old, attributes: { broadcast: 1, transA: 1 } });
    expect(result).toEqual([11, 23, 12, 24]);
  });

  test('refuses operands of unknown rank', () => {
    const old = { operator: 'Add', opset: 6, data: [twos], constants: [vector(1, 2)] };
    const { graph, ...model } = modelOf({ ...old, attributes: { broadcast: 1, axis: 1 } });
    const inputs = [{ name: 'x0', type: 'float32' } as const];
    expect(() => upgradeOpset({ ...model, graph: { ...graph, inputs } })).toThrow(
      "onnx: node 'old' (Add of opset 6) cannot be converted to opset 17: " +
        'the number of axes of its operands is not known',
    );
  });
});

describe('layers of opset 6 and earlier', () => {
  test('BatchNormalization in evaluation drops what it does not compute', async () => {
    const constants = [vector(2), vector(1), vector(3), vector(4)];
    const old = { operator: 'BatchNormalization', opset: 1, data: [floats([2, 1], [5, 9])] };
    const settings = { is_test: 1, epsilon: float(0), consumed_inputs: [0, 0, 0, 1, 1] };
    const outputs = ['y', 'mean', 'var'];
    const upgraded = upgradeOpset(modelOf({ ...old, constants, attributes: settings, outputs }));
    expect(upgraded.graph.nodes[0].outputs).toEqual(['y']);
    expect([...upgraded.graph.nodes[0].attributes.keys()]).toEqual(['epsilon']);
    expect(await upgradedResult({ ...old, constants, attributes: settings })).toEqual([3, 7]);
  });

  test('Dropout is the identity in evaluation, and drops without that', async () => {
    const old = { operator: 'Dropout', data: [floats([2000], Array(2000).fill(1))] };
    for (const opset of [1, 6]) {
      const evaluated = await upgradedResult({ ...old, opset, attributes: { is_test: 1 } });
      expect(new Set(evaluated)).toEqual(new Set([1]));
      const trained = await upgradedResult({ ...old, opset, attributes: { ratio: float(0.75) } });
      expect(new Set(trained)).toEqual(new Set([0, 4]));
      const kept = trained.filter(value => value > 0).length;
      expect(Math.abs(kept - 500)).toBeLessThan(100);
    }
  });

  test('Selu has the digits that its defaults had', async () => {
    const old = { operator: 'Selu', opset: 1, data: [floats([2], [1, -1])] };
    const [above, below] = await upgradedResult(old);
    expect(above).toBe(Math.fround(1.0507));
    expect(below).toBeCloseTo(1.0507 * 1.6732 * Math.expm1(-1), 6);
    expect(
      Math.abs(below - 1.0507009873554805 * 1.6732632423543772 * Math.expm1(-1)),
    ).toBeGreaterThan(1e-5);
  });

  test.each(['LpPool', 'GlobalLpPool'])('%s had a power that was a float', async operator => {
    const data = [floats([1, 1, 2, 2], [1, 2, 3, 4])];
    const kernel_shape = operator === 'LpPool' ? [2, 2] : undefined;
    const old = { operator, opset: 1, data };
    const attributes = { kernel_shape, p: float(1) };
    expect(await upgradedResult({ ...old, attributes })).toEqual([10]);
    const fraction = modelOf({ ...old, attributes: { p: float(1.5) } });
    expect(() => upgradeOpset(fraction)).toThrow('p is 1.5, but later opsets allow integers only');
  });

  test('RNN could say that it gives all states', () => {
    const constants = [sample(1, 2, 4), sample(1, 2, 2)];
    const settings = { hidden_size: 2, output_sequence: 1 };
    const old = { operator: 'RNN', opset: 6, data: [sample(3, 2, 4)], constants };
    const [rnn] = upgradeOpset(modelOf({ ...old, attributes: settings })).graph.nodes;
    expect([...rnn.attributes.keys()]).toEqual(['hidden_size']);
  });
});

describe('shapes of opset 6 and earlier', () => {
  test('Reshape', async () => {
    const old = { operator: 'Reshape', opset: 1, attributes: { shape: [0, -1, 1] } };
    const upgraded = upgradeOpset(modelOf(old));
    expect(inferShapes(upgraded).get('y')?.dims).toEqual([2, 3, 1]);
    expect(await upgradedResult(old)).toEqual(await upgradedResult({ ...old, opset: 4 }));
  });

  test('Cast to a type by its name', async () => {
    const data = [floats([3], [-1.5, 0, 2.5])];
    const old = { operator: 'Cast', opset: 1, data, attributes: { to: 'INT32' } };
    const upgraded = upgradeOpset(modelOf(old));
    expect(inferShapes(upgraded).get('y')?.type).toBe('int32');
    expect(await upgradedResult(old)).toEqual([-1, 0, 2]);
  });

  test('Concat along the second axis unless it says another', async () => {
    const data = [counted(2, 1), floats([2, 1], [8, 9])];
    const old = { operator: 'Concat', opset: 1, data };
    expect(await upgradedResult(old)).toEqual([1, 8, 2, 9]);
    expect(await upgradedResult({ ...old, attributes: { axis: 0 } })).toEqual([1, 2, 8, 9]);
  });

  test('Tile along one axis', async () => {
    const constants = [floats([], [2]), floats([], [1])];
    const old = { operator: 'Tile', opset: 1, data: [counted(2, 2)], constants };
    expect(await upgradedResult(old)).toEqual([1, 2, 1, 2, 3, 4, 3, 4]);
    const computed = modelOf({ ...old, data: [counted(2, 2), ...constants], constants: [] });
    expect(() => upgradeOpset(computed)).toThrow('the value of input 1 depends on data');
  });

  test('Pad with paddings', async () => {
    const settings = { paddings: [0, 1, 0, 0], value: float(7) };
    const old = { operator: 'Pad', opset: 1, data: [counted(2, 2)], attributes: settings };
    expect(await upgradedResult(old)).toEqual([7, 1, 2, 7, 3, 4]);
    const hollow = { paddings: [0, 0, 1, 0] };
    expect(await upgradedResult({ ...old, attributes: hollow })).toEqual([1, 2, 3, 4, 0, 0]);
  });

  test('Split by sizes that are an input, or an attribute', async () => {
    const old = { operator: 'Split', opset: 1, data: [counted(3)], outputs: ['y', 'z'] };
    const pieces = { y: [1], z: [2, 3] };
    expect(await upgradedResults({ ...old, constants: [vector(1, 2)] })).toEqual(pieces);
    expect(await upgradedResults({ ...old, attributes: { split: [1, 2] } })).toEqual(pieces);
  });

  test('Upsample by a height and a width', async () => {
    const scales = { height_scale: float(2), width_scale: float(1) };
    const old = { operator: 'Upsample', opset: 1, data: [counted(1, 1, 2, 2)] };
    expect(await upgradedResult({ ...old, attributes: scales })).toEqual([1, 2, 1, 2, 3, 4, 3, 4]);
    const between = await upgradedResult({ ...old, attributes: { ...scales, mode: 'bilinear' } });
    expect(between).toEqual([1, 2, 2, 3, 3, 4, 3, 4]);
  });

  test('Slice, Squeeze, Unsqueeze, TopK and Clip as later', async () => {
    const cases: [string, Record<string, number[] | number | Attribute>, number[]][] = [
      ['Slice', { starts: [1], ends: [2] }, [4, 5, 6]],
      ['Unsqueeze', { axes: [0] }, [1, 2, 3, 4, 5, 6]],
      ['Clip', { min: float(2), max: float(5) }, [2, 2, 3, 4, 5, 5]],
      ['TopK', { k: 1 }, [3, 6]],
    ];
    for (const [operator, attributes, expected] of cases) {
      const outputs = operator === 'TopK' ? ['y', 'places'] : ['y'];
      const old = { operator, opset: 1, data: [counted(2, 3)], attributes, outputs };
      expect(await upgradedResult(old)).toEqual(expected);
    }
  });
});
