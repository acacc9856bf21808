import { float, type AttributeLike } from '../../src/attribute.js';
import {
  expectAgreement,
  foldOne,
  inferOne,
  sample,
  scalar,
  whole,
  type Case,
} from './one-node.js';

describe('normalisations', () => {
  const statistics = [sample(3), sample(3), sample(3), whole([1, 2, 3], 'float32')];

  test.each([7, 9, 14, 15])('BatchNormalization of opset %i keeps dims', async opset => {
    await expectAgreement(
      { operator: 'BatchNormalization', data: [sample(2, 3, 4, 4), ...statistics] },
      opset,
    );
  });

  test('BatchNormalization gives statistics while training', async () => {
    const data = [sample(2, 3, 4, 4), ...statistics];
    const attributes = { training_mode: 1 };
    await expectAgreement({ operator: 'BatchNormalization', data, attributes, outputs: 3 }, 15);
  });

  test('BatchNormalization of opset 6 may be of single elements', () => {
    const data = [sample(2, 3, 4), ...Array(4).fill(sample(3, 4))];
    const one = { operator: 'BatchNormalization', data, attributes: { is_test: 1, spatial: 0 } };
    expect(inferOne(one, 6)[0].dims).toEqual([2, 3, 4]);
  });

  test.each([-1, 1, 0])('LayerNormalization from axis %i on', async axis => {
    const data = [sample(2, 3, 4), sample(...[2, 3, 4].slice(axis))];
    const one = { operator: 'LayerNormalization', data, attributes: { axis } };
    await expectAgreement({ ...one, outputs: 3 }, 17);
    await expectAgreement({ ...one, operator: 'RMSNormalization' }, 23);
  });

  test.each([
    ['InstanceNormalization', [sample(3), sample(3)], {}, 6],
    ['GroupNormalization', [sample(3), sample(3)], { num_groups: 3 }, 21],
    ['LpNormalization', [], { axis: 1 }, 1],
    ['MeanVarianceNormalization', [], {}, 13],
    ['LRN', [], { size: 3 }, 1],
    ['LRN', [], { size: 3 }, 13],
    ['Softmax', [], { axis: 1 }, 1],
    ['Softmax', [], {}, 13],
    ['LogSoftmax', [], { axis: 1 }, 11],
    ['Hardmax', [], {}, 13],
  ] as [string, Case['data'], Record<string, AttributeLike>, number][])(
    '%s keeps dims',
    async (operator, parameters, attributes, opset) => {
      await expectAgreement(
        { operator, data: [sample(2, 3, 4, 4), ...parameters!], attributes },
        opset,
      );
    },
  );

  test('Dropout passes its input on, and a mask on request', async () => {
    for (const opset of [7, 10, 12, 13])
      await expectAgreement({ operator: 'Dropout', data: [sample(2, 3)] }, opset);
    for (const opset of [10, 12, 13])
      await expectAgreement({ operator: 'Dropout', data: [sample(2, 3)], outputs: 2 }, opset);
    expect(foldOne({ operator: 'Dropout', data: [whole([1])] }, 10)[0].value).toEqual(whole([1]));
    expect(foldOne({ operator: 'Dropout', data: [sample(1)] }, 6)[0].value).toBeUndefined();
  });
});

describe('recurrent layers', () => {
  const gates = { RNN: 1, GRU: 3, LSTM: 4 };
  test.each(Object.entries(gates))('%s gives all states and the last', async (operator, n) => {
    for (const [direction, directions] of [
      ['forward', 1],
      ['bidirectional', 2],
    ] as const) {
      const data = [sample(5, 2, 3), sample(directions, n * 4, 3), sample(directions, n * 4, 4)];
      const attributes = { hidden_size: 4, direction };
      const outputs = operator === 'LSTM' ? 3 : 2;
      for (const opset of [7, 14])
        await expectAgreement({ operator, data, attributes, outputs }, opset);
    }
  });

  test('with layout 1 the batch comes first', () => {
    const data = [sample(2, 5, 3), sample(1, 4, 3), sample(1, 4, 4)];
    const one = { operator: 'RNN', data, attributes: { hidden_size: 4, layout: 1 }, outputs: 2 };
    expect(inferOne(one, 14).map(({ dims }) => dims)).toEqual([
      [2, 5, 1, 4],
      [2, 1, 4],
    ]);
  });
});

describe('resampling', () => {
  const image = sample(1, 2, 4, 5);
  const scales = whole([1, 1, 2, 1.5], 'float32');
  const modes = ['half_pixel', 'asymmetric', 'align_corners', 'pytorch_half_pixel'];

  test('Upsample has scales as an attribute, then as an input', async () => {
    const list = { type: 'floats', value: [1, 1, 2, 3] } as const;
    await expectAgreement({ operator: 'Upsample', data: [image], attributes: { scales: list } }, 7);
    await expectAgreement({ operator: 'Upsample', data: [image], constants: [scales] }, 9);
    const attributes = { height_scale: float(2), width_scale: float(1.5) };
    expect(inferOne({ operator: 'Upsample', data: [image], attributes }, 1)[0].dims).toEqual([
      1, 2, 8, 7,
    ]);
  });

  test('Resize of opset 10 has scales only', async () => {
    await expectAgreement({ operator: 'Resize', data: [image], constants: [scales] }, 10);
  });

  test.each(modes)('Resize with %s', async coordinate_transformation_mode => {
    const attributes = { coordinate_transformation_mode, mode: 'linear' };
    const one = { operator: 'Resize', data: [image], attributes };
    const none = whole([], 'float32');
    for (const opset of [11, 13, 18, 19]) {
      await expectAgreement({ ...one, constants: [none, scales] }, opset);
      await expectAgreement({ ...one, constants: [none, none, whole([1, 2, 3, 7])] }, opset);
    }
  });

  test.each(['stretch', 'not_larger', 'not_smaller'])('Resize of some axes, %s', async policy => {
    const attributes = { keep_aspect_ratio_policy: policy, axes: [2, 3] };
    for (const sizes of [
      [7, 7],
      [3, 9],
      [2, 2],
      [5, 13],
    ]) {
      const constants = [undefined, undefined, whole(sizes)];
      const one = { operator: 'Resize', data: [image], constants, attributes };
      for (const opset of [18, 19]) await expectAgreement(one, opset);
    }
  });

  test('Resize multiplies in float32', async () => {
    for (let tenths = 1; tenths < 40; tenths++) {
      const constants = [undefined, whole([1, tenths / 10], 'float32')];
      const [known] = await expectAgreement(
        { operator: 'Resize', data: [sample(1, 10)], constants },
        13,
      );
      // 0.7 · 10 is 6.9999999 in float64
      expect(known.dims).toEqual([1, tenths]);
    }
  });

  test('Resize that keeps the proportions of axes counted from the back is unknown', () => {
    const attributes = { keep_aspect_ratio_policy: 'not_larger', axes: [-2, -1] };
    const constants = [undefined, undefined, whole([7, 7])];
    expect(inferOne({ operator: 'Resize', data: [image], constants, attributes }, 18)).toEqual([
      {},
    ]);
  });

  test('Resize with scales of a crop is unknown', () => {
    const attributes = { coordinate_transformation_mode: 'tf_crop_and_resize' };
    const constants = [whole([0, 0, 0, 0, 1, 1, 1, 1], 'float32'), scales];
    expect(inferOne({ operator: 'Resize', data: [image], constants, attributes }, 13)).toEqual([
      {},
    ]);
  });

  test('grids and samples', async () => {
    const theta = sample(2, 2, 3);
    await expectAgreement(
      { operator: 'AffineGrid', data: [theta], constants: [whole([2, 3, 4, 5])] },
      20,
    );
    const data = [sample(2, 3, 4, 5), sample(2, 6, 7, 2)];
    for (const opset of [16, 20]) await expectAgreement({ operator: 'GridSample', data }, opset);
  });
});

describe('losses', () => {
  test.each(['none', 'mean', 'sum'])('with reduction %s', async reduction => {
    const data = [sample(4, 3), whole([0, 2, 1, 1])];
    const attributes = { reduction };
    await expectAgreement({ operator: 'NegativeLogLikelihoodLoss', data, attributes }, 13);
    await expectAgreement(
      { operator: 'SoftmaxCrossEntropyLoss', data, attributes, outputs: 2 },
      13,
    );
  });
});

test('RotaryEmbedding keeps dims', async () => {
  const data = [sample(1, 2, 3, 4), sample(1, 3, 2), sample(1, 3, 2)];
  await expectAgreement({ operator: 'RotaryEmbedding', data }, 23);
});

test.each(['Affine', 'ImageScaler', 'ParametricSoftplus', 'ScaledTanh'])(
  '%s, once an experiment, keeps dims',
  operator => {
    const [known] = inferOne({ operator, data: [sample(1, 3, 2, 2)], constants: [scalar(1)] }, 1);
    expect(known.dims).toEqual([1, 3, 2, 2]);
  },
);
