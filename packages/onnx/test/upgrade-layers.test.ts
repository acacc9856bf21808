import { float } from '../src/attribute.js';
import { floats, integers, tensorOf, type Tensor } from '../src/tensor.js';
import { upgradeOpset } from '../src/upgrade-opset.js';
import {
  expectClose,
  expectSame,
  modelOf,
  operatorsOf,
  sample,
  upgradedResults,
} from './upgrade-agreement.js';

const [x4, matrix] = [sample(2, 3, 4, 5), sample(4, 6)];
const positive = (...dims: number[]): Tensor => {
  const { data } = sample(...dims);
  return floats(
    dims,
    Array.from(data as Float32Array, value => Math.abs(value) + 0.5),
  );
};

describe('activations of opset 7 and later compute the same at 17', () => {
  test.each([{ min: float(-1) }, { max: float(2) }, { min: float(-1), max: float(2.5) }, {}])(
    'Clip with %o',
    async bounds => {
      await expectSame({ operator: 'Clip', opset: 7, data: [x4], attributes: bounds });
      await expectSame({ operator: 'Clip', opset: 10, data: [x4], attributes: bounds });
    },
  );

  test('Clip of doubles, whose bounds become doubles', async () => {
    const data = [tensorOf('float64', [3], [-0.2, 0.05, 0.2])];
    const { y } = await upgradedResults({
      operator: 'Clip',
      opset: 9,
      data,
      attributes: { max: float(0.1) },
    });
    expect(y).toEqual([-0.2, 0.05, Math.fround(0.1)]);
  });

  test.each([
    [1, [4, 6], ['Softmax']],
    [0, [4, 6], ['Flatten', 'Softmax', 'Shape', 'Reshape']],
    [0, [1, 6], ['Softmax']],
    [1, [2, 3, 4], ['Flatten', 'Softmax', 'Shape', 'Reshape']],
    [2, [2, 3, 4], ['Softmax']],
    [1, [2, 3, 1, 1], ['Softmax']],
    [1, [2, 1, 1, 4], ['Softmax']],
    [undefined, [2, 3, 4], ['Flatten', 'Softmax', 'Shape', 'Reshape']],
    [undefined, [2, 3], ['Softmax']],
  ])('Softmax from axis %s of %j', async (axis, dims, operators) => {
    for (const opset of [7, 11, 12])
      for (const operator of ['Softmax', 'LogSoftmax', 'Hardmax']) {
        const old = { operator, opset, data: [sample(...dims)], attributes: { axis } };
        const upgraded = await expectSame(old);
        const named = operators.map(name => (name === 'Softmax' ? operator : name));
        expect(operatorsOf(upgraded)).toEqual(named);
      }
  });

  test('Softmax from an axis counted from the back', async () => {
    const old = { operator: 'Softmax', opset: 11, data: [x4] };
    for (const axis of [-1, -2, -4]) await expectSame({ ...old, attributes: { axis } });
  });

  test.each(['Affine', 'ScaledTanh', 'ParametricSoftplus'])(
    '%s, now arithmetic',
    async operator => {
      const scales = { alpha: float(1.5), beta: float(0.25) };
      await expectClose({ operator, opset: 9, data: [matrix], attributes: scales });
    },
  );

  test('ImageScaler, now arithmetic', async () => {
    const bias = { type: 'floats', value: [1, 2, 3] } as const;
    const scaled = { scale: float(2), bias };
    await expectSame({ operator: 'ImageScaler', opset: 9, data: [x4], attributes: scaled });
  });
});

describe('normalisations of opset 7 and later compute the same at 17', () => {
  const statistics = (...dims: number[]): Tensor[] => [
    sample(...dims),
    sample(...dims),
    sample(...dims),
    positive(...dims),
  ];
  const normalise = { operator: 'BatchNormalization', data: [x4] };

  test.each([7, 8, 9, 13])('BatchNormalization of opset %i', async opset => {
    const settings = { epsilon: float(1e-3), momentum: float(0.8) };
    await expectSame({ ...normalise, opset, constants: statistics(3), attributes: settings });
  });

  test('BatchNormalization that says that it is spatial', async () => {
    const constants = statistics(3);
    const upgraded = await expectSame({
      ...normalise,
      opset: 8,
      constants,
      attributes: { spatial: 1 },
    });
    expect(operatorsOf(upgraded)).toEqual(['BatchNormalization']);
  });

  test('BatchNormalization of every feature', async () => {
    const constants = statistics(3, 4, 5);
    const upgraded = await expectSame({
      ...normalise,
      opset: 7,
      constants,
      attributes: { spatial: 0 },
    });
    expect(operatorsOf(upgraded)).toContain('BatchNormalization');
  });

  test('BatchNormalization refuses outputs of a training step', () => {
    const old = { ...normalise, opset: 9, constants: statistics(3), outputs: ['y', 'mean'] };
    expect(() => upgradeOpset(modelOf(old))).toThrow(
      "onnx: node 'old' (BatchNormalization of opset 9) cannot be converted to opset 17: " +
        'it has outputs of training mode; export the model for evaluation',
    );
  });

  test.each([0, 1])('MeanVarianceNormalization with across_channels %i', async across => {
    const old = { operator: 'MeanVarianceNormalization', opset: 8, data: [x4] };
    await expectClose({ ...old, attributes: { across_channels: across } });
    const kept = modelOf({ ...old, attributes: { normalize_variance: 0 } });
    expect(() => upgradeOpset(kept)).toThrow('normalize_variance 0 is not supported');
  });
});

describe('Dropout computes the same at 17', () => {
  test.each([7, 10, 11])('without its mask, of opset %i', async opset => {
    const ratio = { ratio: float(0.3) };
    const old = { operator: 'Dropout', opset, data: [matrix], attributes: ratio };
    const { graph } = await expectSame(old);
    const tensor = { type: 'tensor', value: floats([], [0.3]) };
    expect(graph.nodes[0].attributes.get('value')).toEqual(tensor);
  });

  test.each([
    [7, 'float32'],
    [10, 'bool'],
  ])('with a mask of all elements, of opset %i in %s', async (opset, type) => {
    const old = { operator: 'Dropout', opset, data: [sample(3)], outputs: ['y', 'mask'] };
    expect(await upgradedResults(old)).toEqual({ y: [-4.5, 2.5, -1.5], mask: [1, 1, 1] });
    const casts = operatorsOf(upgradeOpset(modelOf(old))).slice(1);
    expect(casts).toEqual(type === 'bool' ? [] : ['CastLike']);
  });
});

describe('recurrent layers and regions compute the same at 17', () => {
  test.each([
    ['RNN', 1],
    ['GRU', 3],
    ['LSTM', 4],
  ])('%s', async (operator, gates) => {
    const constants = [sample(1, gates * 2, 4), sample(1, gates * 2, 2)];
    const data = [sample(3, 2, 4)];
    const [hidden_size, outputs] = [2, ['y', 'last']];
    await expectSame({
      operator,
      opset: 7,
      data,
      constants,
      outputs,
      attributes: { hidden_size },
    });
  });

  test('RoiAlign, whose places were half a pixel off', async () => {
    const constants = [floats([1, 4], [0.5, 0.25, 3, 2.5]), integers([1])];
    const settings = { output_height: 2, output_width: 2 };
    for (const opset of [10, 15])
      await expectSame({
        operator: 'RoiAlign',
        opset,
        data: [x4],
        constants,
        attributes: settings,
      });
  });
});
