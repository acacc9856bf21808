import { float } from '../src/attribute.js';
import { type Attribute, node } from '../src/graph.js';
import { floats, integers } from '../src/tensor.js';
import { upgradeOpset } from '../src/upgrade-opset.js';
import { buildModel } from './build-model.js';
import { expectSame, expectSameModel, modelOf, operatorsOf, sample } from './upgrade-agreement.js';

const [x4, matrix] = [sample(2, 3, 4, 5), sample(4, 6)];

describe('shapes and pieces of opset 7 and later are the same at 17', () => {
  test('Squeeze and Unsqueeze', async () => {
    const data = [sample(1, 3, 1, 2)];
    for (const opset of [7, 11]) {
      await expectSame({ operator: 'Squeeze', opset, data, attributes: { axes: [0, 2] } });
      await expectSame({ operator: 'Squeeze', opset, data });
      await expectSame({ operator: 'Unsqueeze', opset, data, attributes: { axes: [0, 4] } });
    }
    await expectSame({ operator: 'Squeeze', opset: 11, data, attributes: { axes: [-2] } });
  });

  test.each([{ axes: [1, 2], keepdims: 0 }, { axes: [-1] }, { keepdims: 0 }])(
    'ReduceSum with %j',
    async attributes => {
      await expectSame({ operator: 'ReduceSum', opset: 11, data: [x4], attributes });
    },
  );

  test('Split', async () => {
    const old = { operator: 'Split', data: [matrix], outputs: ['y', 'z'] };
    for (const opset of [7, 11]) {
      await expectSame({ ...old, opset, attributes: { axis: 1, split: [2, 4] } });
      await expectSame({ ...old, opset });
    }
  });

  test('Slice, even to the largest integer', async () => {
    const last: Attribute = { type: 'ints', value: [9223372036854775807n, 3n] };
    const ranges = { axes: [0, 1], starts: [1, -5], ends: last };
    const upgraded = await expectSame({
      operator: 'Slice',
      opset: 9,
      data: [matrix],
      attributes: ranges,
    });
    expect(upgraded.graph.nodes.at(-1)!.inputs).toHaveLength(4);
    const leading = { starts: [1], ends: [3] };
    await expectSame({ operator: 'Slice', opset: 7, data: [matrix], attributes: leading });
  });

  test.each(['constant', 'reflect', 'edge'])('Pad in mode %s', async mode => {
    const pads = [0, 0, 1, 2, 0, 0, 2, 1];
    for (const value of [undefined, float(1.5)])
      await expectSame({
        operator: 'Pad',
        opset: 10,
        data: [x4],
        attributes: { mode, pads, value },
      });
  });

  test('TopK', async () => {
    const old = { operator: 'TopK', data: [matrix], outputs: ['y', 'places'] };
    await expectSame({ ...old, opset: 7, attributes: { k: 2 } });
    await expectSame({ ...old, opset: 9, attributes: { k: 3, axis: 0 } });
    await expectSame({ ...old, opset: 10, constants: [integers([2])] });
  });

  test('Scatter', async () => {
    const constants = [integers([1, 0, 5, 2], [2, 2]), floats([2, 2], [9, 8, 7, 6])];
    const old = { operator: 'Scatter', opset: 9, data: [matrix], constants };
    const upgraded = await expectSame({ ...old, attributes: { axis: 1 } });
    expect(operatorsOf(upgraded)).toEqual(['ScatterElements']);
  });

  test.each([
    { operator: 'Gather', opset: 9, data: [matrix], constants: [integers([2, 0])] },
    { operator: 'ArgMax', opset: 9, data: [matrix], attributes: { axis: 1, keepdims: 0 } },
    { operator: 'ReduceMean', opset: 9, data: [x4], attributes: { axes: [2, 3] } },
    {
      operator: 'OneHot',
      opset: 9,
      data: [sample(3)],
      constants: [integers([4]), integers([0, 1])],
    },
    { operator: 'Reshape', opset: 7, data: [matrix], constants: [integers([0, -1, 2])] },
    { operator: 'Cast', opset: 8, data: [matrix], attributes: { to: 7 } },
    { operator: 'Gemm', opset: 9, data: [matrix, sample(6, 2), sample(2)] },
    { operator: 'MaxPool', opset: 8, data: [x4], attributes: { kernel_shape: [2, 2] } },
    { operator: 'Flatten', opset: 9, data: [x4], attributes: { axis: 2 } },
    { operator: 'Split', opset: 13, data: [matrix], constants: [integers([4])] },
  ])('$operator, which is as it was', async old => {
    const upgraded = await expectSame(old);
    expect(upgraded.graph).toEqual(modelOf(old).graph);
  });
});

describe('resampling of opset 7 and later is the same at 17', () => {
  const scaled = (...values: number[]) => floats([values.length], values);

  test.each(['nearest', 'linear'])('Upsample in mode %s', async mode => {
    for (const height of [1, 2, 1.5, 2.7]) {
      const old = { operator: 'Upsample', data: [x4] };
      const scales: Attribute = { type: 'floats', value: [1, 1, height, 2] };
      await expectSame({ ...old, opset: 7, attributes: { mode, scales } });
      const constants = [scaled(1, 1, height, 2)];
      await expectSame({ ...old, opset: 9, constants, attributes: { mode } });
    }
  });

  test.each([
    [2, 3, 1],
    [0.6, 0.5, 1],
    [2, 0.6, 2],
    [0.4, 1.7, 2],
  ])('Resize of opset 10 by %d and %d in %i steps', async (height, width, count) => {
    const old = { operator: 'Resize', opset: 10, data: [x4] };
    const constants = [scaled(1, 1, height, width)];
    const upgraded = await expectSame({ ...old, constants });
    expect(operatorsOf(upgraded).filter(name => name === 'Resize')).toHaveLength(count);
    await expectSame({ ...old, constants, attributes: { mode: 'linear' } });
  });

  test('Resize of opset 10 by scales that are computed', async () => {
    const nodes = [node('Neg', ['n'], ['s']), node('Resize', ['x', 's'], ['y'])];
    const model = buildModel({ nodes, inputs: { x: [2, 3, 4, 5], n: [4] }, opset: 10 });
    for (const scales of [
      [2, 2],
      [0.6, 0.5],
      [1.5, 0.4],
    ]) {
      const n = scaled(-1, -1, ...scales.map(scale => -scale));
      await expectSameModel(model, { x: x4, n });
    }
  });

  test('Resize of opset 11 with any way to place elements', async () => {
    const old = { operator: 'Resize', opset: 11, data: [x4] };
    for (const mode of ['half_pixel', 'align_corners', 'asymmetric', 'tf_half_pixel_for_nn'])
      for (const height of [2, 0.5, 1.3]) {
        const constants = [floats([0], []), scaled(1, 1, height, 2)];
        const places = { coordinate_transformation_mode: mode, nearest_mode: 'floor' };
        await expectSame({ ...old, constants, attributes: places });
      }
    const sizes = [floats([0], []), floats([0], []), integers([2, 3, 7, 2])];
    await expectSame({ ...old, constants: sizes, attributes: { mode: 'linear' } });
  });

  test('refuses to place elements in a way that is gone', () => {
    const places = { mode: 'linear', coordinate_transformation_mode: 'tf_half_pixel_for_nn' };
    const constants = [floats([0], []), scaled(1, 1, 2, 2)];
    const old = { operator: 'Resize', opset: 11, data: [x4], constants, attributes: places };
    expect(() => upgradeOpset(modelOf(old))).toThrow(
      'tf_half_pixel_for_nn is supported with nearest_mode floor only',
    );
  });

  test('Upsample may follow a node whose shape depends on data', async () => {
    const nodes = [
      node('NonZero', ['x'], ['places']),
      node('Shape', ['places'], ['shape']),
      node('ConstantOfShape', ['shape'], ['zeros']),
      node('Upsample', ['zeros', 'scales'], ['y']),
    ];
    const model = buildModel({
      nodes,
      inputs: { x: [4] },
      initializers: { scales: scaled(1, 2) },
      opset: 9,
    });
    const upgraded = await expectSameModel(model, { x: sample(4) });
    expect(operatorsOf(upgraded).at(-1)).toBe('Resize');
  });
});
