import type { AttributeLike } from '../../src/attribute.js';
import {
  expectAgreement,
  foldOne,
  inferOne,
  sample,
  scalar,
  whole,
  type Case,
} from './one-node.js';

describe('Gather', () => {
  test.each([0, 1, -1])('along axis %i', async axis => {
    const data = [sample(3, 4, 5)];
    const indices = whole([0, -1, 2, 1], 'int64', [2, 2]);
    const one = { operator: 'Gather', data, constants: [indices], attributes: { axis } };
    for (const opset of [1, 11, 13]) await expectAgreement(one, opset);
    expect(foldOne(one, 13)[0].value).toBeDefined();
  });

  test('of one entry of a shape', async () => {
    const one = { operator: 'Gather', data: [whole([7, 8, 9])], constants: [scalar(1)] };
    expect((await expectAgreement(one, 13))[0].value).toEqual(scalar(8));
  });

  test('beyond the end is refused', () => {
    expect(() =>
      foldOne({ operator: 'Gather', data: [whole([7])], constants: [scalar(1)] }, 13),
    ).toThrow('index 1 is out of range for an axis of size 1');
  });
});

describe('gathering and scattering', () => {
  test('GatherElements has the dims of its indices', async () => {
    const indices = whole([0, 1, 1, 0], 'int64', [2, 2]);
    await expectAgreement({ operator: 'GatherElements', data: [sample(2, 3), indices] }, 13);
  });

  test.each([
    [0, [2, 2]],
    [0, [3, 1]],
    [1, [2, 1]],
  ])('GatherND with %i batch axes and indices of [%j]', async (batch_dims, dims) => {
    const indices = whole(Array(dims[0] * dims[1]).fill(1), 'int64', dims);
    const one = {
      operator: 'GatherND',
      data: [sample(2, 3, 4), indices],
      attributes: { batch_dims },
    };
    await expectAgreement(one, 13);
  });

  test.each(['ScatterElements', 'Scatter'])('%s has the dims of its data', async operator => {
    const data = [sample(3, 3), whole([0, 1], 'int64', [1, 2]), sample(1, 2)];
    await expectAgreement({ operator, data }, operator === 'Scatter' ? 9 : 13);
  });

  test('ScatterND of constants is computed', async () => {
    const data = [whole([1, 2, 3, 4]), whole([2, -4], 'int64', [2, 1]), whole([9, 8])];
    const [known] = await expectAgreement({ operator: 'ScatterND', data }, 13);
    expect(known.value).toEqual(whole([8, 2, 9, 4]));
    const rows = [sample(3, 2), whole([1], 'int64', [1, 1]), sample(1, 2)];
    await expectAgreement({ operator: 'ScatterND', data: rows }, 13);
  });

  test('ScatterND that adds is not', async () => {
    const data = [whole([1, 2]), whole([1], 'int64', [1, 1]), whole([9])];
    const one: Case = { operator: 'ScatterND', data, attributes: { reduction: 'add' } };
    expect((await expectAgreement(one, 16))[0].value).toBeUndefined();
  });

  test('ReverseSequence and TensorScatter keep dims', async () => {
    const data = [sample(4, 2), whole([3, 4])];
    await expectAgreement({ operator: 'ReverseSequence', data }, 10);
    const one = { operator: 'TensorScatter', data: [sample(1, 4, 2), sample(1, 1, 2)] };
    expect(inferOne(one, 24)[0].dims).toEqual([1, 4, 2]);
  });
});

describe('choosing', () => {
  test.each([
    [9, { k: 2 }, []],
    [10, {}, [whole([2])]],
    [11, { axis: 0, largest: 0 }, [whole([1])]],
  ] as [number, Record<string, AttributeLike>, Case['constants']][])(
    'TopK of opset %i with %j',
    async (opset, attributes, constants) => {
      const one = { operator: 'TopK', data: [sample(3, 4)], constants, attributes, outputs: 2 };
      await expectAgreement(one, opset);
    },
  );

  test('TopK of fewer is refused', () => {
    const one = { operator: 'TopK', data: [sample(3)], constants: [whole([4])] };
    expect(() => inferOne(one, 11)).toThrow('k is 4, but axis');
  });

  test.each([
    ['ArgMax', { axis: 1 }],
    ['ArgMax', { axis: -1, keepdims: 0 }],
    ['ArgMin', {}],
    ['ArgMin', { keepdims: 0 }],
  ])('%s with %j', async (operator, attributes) => {
    for (const opset of [1, 11, 13])
      if (opset >= 11 || (attributes as { axis?: number }).axis !== -1)
        await expectAgreement({ operator, data: [sample(2, 3, 4)], attributes }, opset);
  });

  test.each([-1, 0, 1])('OneHot at axis %i', async axis => {
    const data = [whole([1, 0, 2, 2], 'int64', [2, 2])];
    const constants = [scalar(3), whole([0, 1], 'float32')];
    await expectAgreement({ operator: 'OneHot', data, constants, attributes: { axis } }, 11);
  });

  test('NonZero of constants is known, of data is not', async () => {
    const one = { operator: 'NonZero', data: [whole([0, 1, 2, 0, 0, 3], 'int64', [2, 3])] };
    expect(foldOne(one, 13)[0].value).toEqual(whole([0, 0, 1, 1, 2, 2], 'int64', [2, 3]));
    expect(inferOne(one, 13)).toEqual([{}]);
  });

  test('Compress keeps where a constant condition holds', async () => {
    const constants = [whole([0, 1, 1], 'bool')];
    const one = { operator: 'Compress', data: [sample(3, 4)], constants };
    await expectAgreement({ ...one, attributes: { axis: 0 } }, 11);
    await expectAgreement(one, 11);
  });

  test('Unique tells only which element each is', async () => {
    const one = { operator: 'Unique', data: [whole([3, 1, 3])], outputs: 4 };
    const open = { type: 'int64' };
    expect(inferOne(one, 11)).toEqual([open, open, { type: 'int64', dims: [3] }, open]);
    const rows = { ...one, data: [sample(2, 3)], attributes: { axis: 1 } };
    expect(inferOne(rows, 11)[2]).toEqual({ type: 'int64', dims: [3] });
  });

  test('Trilu of constants is computed', async () => {
    const numbers = whole([1, 2, 3, 4, 5, 6, 7, 8, 9], 'int64', [3, 3]);
    for (const upper of [0, 1])
      for (const k of [-1, 0, 1]) {
        const one = {
          operator: 'Trilu',
          data: [numbers],
          constants: [scalar(k)],
          attributes: { upper },
        };
        expect((await expectAgreement(one, 14))[0].value).toBeDefined();
      }
  });
});

describe('constants and counting', () => {
  test('Shape gives dims, or a part of them', async () => {
    const one = { operator: 'Shape', data: [sample(2, 3, 4)] };
    expect((await expectAgreement(one, 13))[0].value).toEqual(whole([2, 3, 4]));
    for (const attributes of [
      { start: 1 },
      { start: -2, end: -1 },
      { end: 9 },
      { start: 2, end: 1 },
    ])
      await expectAgreement({ ...one, attributes }, 15);
  });

  test('Shape is known of data, too', () => {
    const [known] = inferOne({ operator: 'Shape', data: [sample(2, 3)] }, 13);
    expect(known).toEqual({ type: 'int64', dims: [2], value: whole([2, 3]) });
  });

  test('Size counts', async () => {
    const [known] = await expectAgreement({ operator: 'Size', data: [sample(2, 3)] }, 13);
    expect(known.value).toEqual(scalar(6));
  });

  test('Constant holds a tensor or numbers', async () => {
    const tensor = { type: 'tensor', value: whole([4, 5]) } as const;
    const floats = { type: 'floats', value: [1, 2.5] } as const;
    const constants: [Record<string, AttributeLike>, number][] = [
      [{ value: tensor }, 9],
      [{ value_int: 3 }, 12],
      [{ value_ints: [3, 4] }, 12],
      [{ value_float: { type: 'float', value: 3 } }, 12],
      [{ value_floats: floats }, 13],
    ];
    for (const [attributes, opset] of constants) {
      const [known] = await expectAgreement({ operator: 'Constant', attributes }, opset);
      expect(known.value).toBeDefined();
    }
  });

  test('ConstantOfShape is 0 unless it says otherwise', async () => {
    const one = { operator: 'ConstantOfShape', constants: [whole([2, 3])] };
    await expectAgreement(one, 9);
    const value = { type: 'tensor', value: whole([7]) } as const;
    const [known] = await expectAgreement({ ...one, attributes: { value } }, 9);
    expect(known.value).toEqual(whole(Array(6).fill(7), 'int64', [2, 3]));
    await expectAgreement({ ...one, constants: [whole([])] }, 9);
  });

  test.each([
    [0, 5, 1],
    [1, 10, 3],
    [5, -4, -2],
    [3, 3, 1],
    [4, 2, 1],
  ])('Range from %i to %i by %i', async (...bounds) => {
    const constants = bounds.map(x => scalar(x));
    const [known] = await expectAgreement({ operator: 'Range', constants }, 11);
    expect(known.value).toBeDefined();
  });

  test('Range of fractions has a known length', async () => {
    const constants = [0, 1, 0.1].map(x => scalar(x, 'float32'));
    const [known] = await expectAgreement({ operator: 'Range', constants }, 11);
    expect(known.value).toBeUndefined();
  });

  test('EyeLike and CumSum keep dims', async () => {
    await expectAgreement(
      { operator: 'EyeLike', data: [sample(3, 2)], attributes: { dtype: 7 } },
      9,
    );
    await expectAgreement({ operator: 'EyeLike', data: [sample(3, 2)] }, 9);
    await expectAgreement({ operator: 'CumSum', data: [sample(3, 2)], constants: [scalar(0)] }, 14);
  });

  test.each([
    ['RandomNormal', { shape: [2, 3] }, 0],
    ['RandomUniform', { shape: [2], dtype: 11 }, 0],
    ['RandomNormalLike', {}, 1],
    ['RandomUniformLike', { dtype: 11 }, 1],
    ['Multinomial', { sample_size: 4 }, 1],
  ])('%s with %j', async (operator, attributes, inputs) => {
    const data = inputs ? [sample(2, 3)] : [];
    await expectAgreement({ operator, data, attributes }, 7);
  });

  test('Bernoulli keeps dims', async () => {
    const data = [whole([0, 1], 'float32')];
    await expectAgreement({ operator: 'Bernoulli', data, attributes: { dtype: 6 } }, 15);
  });
});
