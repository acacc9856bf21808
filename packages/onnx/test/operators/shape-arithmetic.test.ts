import { InferenceSession, Tensor as RuntimeTensor } from 'onnxruntime-node';
import { attributes, float, type AttributeLike } from '../../src/attribute.js';
import { node, type Node } from '../../src/graph.js';
import { inferShapes } from '../../src/infer-shapes.js';
import type { Model } from '../../src/model.js';
import { sizeOf, type Tensor } from '../../src/tensor.js';
import { writeModel } from '../../src/write-model.js';
import { scalar, whole } from './one-node.js';

type Constants = Record<string, Tensor>;

function modelOf(nodes: Node[], constants: Constants, opset: number): Model {
  return {
    irVersion: 8,
    opsets: new Map([['', opset]]),
    producer: { name: '', version: '' },
    functions: [],
    graph: {
      name: 'idiom',
      nodes,
      inputs: [{ name: 'x', type: 'float32', dims: ['N', 3, 'H', 'W'] }],
      outputs: nodes.flatMap(({ outputs }) => outputs).map(name => ({ name })),
      initializers: new Map(Object.entries(constants)),
      valueInfo: [],
    },
  };
}

/** Asserts that every value's shape, and every folded value, is onnxruntime's; returns the shape of y. */
async function expectRun(nodes: Node[], constants: Constants, dims: number[], opset = 13) {
  const model = modelOf(nodes, constants, opset);
  const inference = inferShapes(model, { x: dims });
  const options = {
    logSeverityLevel: 3,
    intraOpNumThreads: 1,
    graphOptimizationLevel: 'disabled',
  } as const;
  const session = await InferenceSession.create(writeModel(model), options);
  const x = new RuntimeTensor('float32', new Float32Array(sizeOf(dims)), dims);
  const real = await session.run({ x });
  await session.release();
  for (const [name, value] of Object.entries(real)) {
    const known = inference.get(name)!;
    expect([name, known.dims]).toEqual([name, value.dims]);
    if (known.value) expect([name, known.value.data]).toEqual([name, value.data]);
  }
  return inference.get('y')!.dims;
}

const apply = (
  operator: string,
  inputs: string[],
  output: string,
  values: Record<string, AttributeLike> = {},
): Node => node(operator, inputs, [output], attributes(values));

const tensor = (value: Tensor): AttributeLike => ({ type: 'tensor', value });

describe('shapes that a model computes itself', () => {
  test("are known for PyTorch's view(x.size(0), -1)", async () => {
    const nodes = [
      apply('Shape', ['x'], 'shape'),
      apply('Constant', [], 'first', { value: tensor(scalar(0)) }),
      apply('Gather', ['shape', 'first'], 'batch', { axis: 0 }),
      apply('Unsqueeze', ['batch', 'zero'], 'batch1'),
      apply('Concat', ['batch1', 'rest'], 'target', { axis: 0 }),
      apply('Reshape', ['x', 'target'], 'y'),
    ];
    const constants = { zero: whole([0]), rest: whole([-1]) };
    expect(await expectRun(nodes, constants, [2, 3, 4, 5])).toEqual([2, 60]);
  });

  test("are known for PyTorch's interpolate(scale_factor)", async () => {
    const nodes = [
      apply('Shape', ['x'], 'shape'),
      apply('Slice', ['shape', 'two', 'four'], 'space'),
      apply('Cast', ['space'], 'float', { to: 1 }),
      apply('Mul', ['float', 'factor'], 'scaled'),
      apply('Floor', ['scaled'], 'floored'),
      apply('Cast', ['floored'], 'sizes', { to: 7 }),
      apply('Slice', ['shape', 'none', 'two'], 'outer'),
      apply('Concat', ['outer', 'sizes'], 'target', { axis: 0 }),
      apply('Resize', ['x', '', '', 'target'], 'y', { mode: 'nearest' }),
    ];
    const constants = {
      none: whole([0]),
      two: whole([2]),
      four: whole([4]),
      factor: whole([1.5], 'float32'),
    };
    expect(await expectRun(nodes, constants, [1, 3, 5, 6])).toEqual([1, 3, 7, 9]);
  });

  test("are known for PyTorch's pad, whose pads are turned around at run time", async () => {
    const nodes = [
      apply('ConstantOfShape', ['four'], 'zeros', { value: tensor(whole([0])) }),
      apply('Concat', ['given', 'zeros'], 'all', { axis: 0 }),
      apply('Reshape', ['all', 'pairs'], 'matrix'),
      apply('Slice', ['matrix', 'last', 'past', 'zero', 'last'], 'turned'),
      apply('Transpose', ['turned'], 'halves', { perm: [1, 0] }),
      apply('Reshape', ['halves', 'last'], 'vector'),
      apply('Cast', ['vector'], 'pads', { to: 7 }),
      apply('Pad', ['x', 'pads'], 'y'),
    ];
    const past = { type: 'int64', dims: [1], data: BigInt64Array.of(-(2n ** 63n) + 1n) } as const;
    const constants = {
      four: whole([4]),
      given: whole([1, 2, 3, 4]),
      pairs: whole([-1, 2]),
      last: whole([-1]),
      zero: whole([0]),
      past,
    };
    expect(await expectRun(nodes, constants, [1, 3, 5, 6])).toEqual([1, 3, 12, 9]);
  });

  test("are known for Keras's Flatten, a product of sizes in float", async () => {
    const nodes = [
      apply('Shape', ['x'], 'shape'),
      apply('Cast', ['shape'], 'float', { to: 1 }),
      apply('Slice', ['float', 'one', 'four', 'zero'], 'rest'),
      apply('ReduceProd', ['rest'], 'product', { axes: [0], keepdims: 1 }),
      apply('Slice', ['float', 'zero', 'one', 'zero'], 'batch'),
      apply('Concat', ['batch', 'product'], 'both', { axis: 0 }),
      apply('Cast', ['both'], 'target', { to: 7 }),
      apply('Reshape', ['x', 'target'], 'y'),
    ];
    const constants = { zero: whole([0]), one: whole([1]), four: whole([4]) };
    expect(await expectRun(nodes, constants, [2, 3, 4, 5])).toEqual([2, 60]);
  });

  test('are known for expand(-1, …), which chooses between sizes', async () => {
    const nodes = [
      apply('Equal', ['wanted', 'minus'], 'free'),
      apply('ConstantOfShape', ['rank'], 'ones', { value: tensor(whole([1])) }),
      apply('Where', ['free', 'ones', 'wanted'], 'target'),
      apply('Slice', ['x', 'zero', 'one', 'axis'], 'thin'),
      apply('Expand', ['thin', 'target'], 'y'),
    ];
    const constants = {
      wanted: whole([-1, 7, -1, 5]),
      minus: whole([-1, -1, -1, -1]),
      rank: whole([4]),
      zero: whole([0]),
      one: whole([1]),
      axis: whole([1]),
    };
    expect(await expectRun(nodes, constants, [2, 3, 4, 5])).toEqual([2, 7, 4, 5]);
  });

  test('are known for channel shuffles and windows cut from arithmetic on sizes', async () => {
    const nodes = [
      apply('Shape', ['x'], 'shape'),
      node('Split', ['shape', 'ones'], ['n', 'c', 'h', 'w']),
      apply('Gather', ['shape', 'two'], 'height'),
      apply('Div', ['height', 'two'], 'half'),
      apply('Sub', ['height', 'half'], 'rest'),
      apply('Mod', ['rest', 'two'], 'odd'),
      apply('Add', ['half', 'odd'], 'end'),
      apply('Unsqueeze', ['end', 'zero'], 'ends'),
      apply('Slice', ['x', 'zero', 'ends', 'axis'], 'y'),
    ];
    const constants = {
      ones: whole([1, 1, 1, 1]),
      two: scalar(2),
      zero: whole([0]),
      axis: whole([2]),
    };
    expect(await expectRun(nodes, constants, [2, 3, 7, 5])).toEqual([2, 3, 3, 5]);
  });

  test('stay open where they depend on data, and so does what follows', () => {
    const nodes = [
      apply('NonZero', ['x'], 'places'),
      apply('Transpose', ['places'], 'rows'),
      apply('Shape', ['rows'], 'shape'),
      apply('GatherND', ['x', 'rows'], 'y'),
      apply('HardSigmoid', ['y'], 'z', { alpha: float(0.1) }),
      node('Example', ['z'], ['unknown'], new Map(), { domain: 'example' }),
    ];
    const inference = inferShapes(modelOf(nodes, {}, 13), { x: [1, 3, 2, 2] });
    for (const name of ['places', 'rows', 'shape', 'y', 'z', 'unknown'])
      expect(inference.get(name)?.dims).toBeUndefined();
  });
});
