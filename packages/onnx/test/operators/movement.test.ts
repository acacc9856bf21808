import { assert, asyncProperty, constantFrom, integer } from 'fast-check';
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

describe('Reshape', () => {
  test.each([
    [
      [2, 12],
      [2, 12],
    ],
    [[-1], [24]],
    [
      [0, -1],
      [2, 12],
    ],
    [
      [4, 0, -1],
      [4, 3, 2],
    ],
    [
      [1, 24, 1],
      [1, 24, 1],
    ],
  ])('to %j gives %j', async (target, dims) => {
    const one = { operator: 'Reshape', data: [sample(2, 3, 4)], constants: [whole(target)] };
    const [known] = await expectAgreement(one, 13);
    expect(known.dims).toEqual(dims);
    expect(known.value).toBeDefined();
  });

  test('before opset 5 has its target in an attribute', () => {
    const one = { operator: 'Reshape', data: [sample(2, 3)], attributes: { shape: [0, -1] } };
    expect(inferOne(one, 1)[0].dims).toEqual([2, 3]);
  });

  test('takes 0 literally with allowzero', async () => {
    const one: Case = {
      operator: 'Reshape',
      data: [sample(0, 3)],
      constants: [whole([3, 0])],
      attributes: { allowzero: 1 },
    };
    await expectAgreement(one, 14);
  });

  test.each([[[5, -1]], [[7]], [[0, 0, 0, 0]]])('to %j is refused', target => {
    const one = { operator: 'Reshape', data: [sample(2, 3, 4)], constants: [whole(target)] };
    expect(() => inferOne(one, 13)).toThrow('cannot reshape [2,3,4]');
  });

  test('to dims that are computed from data is unknown', () => {
    expect(inferOne({ operator: 'Reshape', data: [sample(2), whole([2])] }, 13)).toEqual([{}]);
  });
});

describe('Flatten', () => {
  test.each([0, 1, 2, 3, -1, -3])('at axis %i', async axis => {
    await expectAgreement(
      { operator: 'Flatten', data: [sample(2, 3, 4)], attributes: { axis } },
      13,
    );
  });

  test('at axis 1 by default, also of opset 1', async () => {
    await expectAgreement({ operator: 'Flatten', data: [sample(2, 3, 4)] }, 1);
  });
});

describe('Squeeze and Unsqueeze', () => {
  test.each([
    [undefined, [2, 3]],
    [[0], [2, 1, 3, 1]],
    [
      [0, -1],
      [2, 1, 3],
    ],
  ])('Squeeze of axes %j gives %j', async (axes, dims) => {
    const one = { operator: 'Squeeze', data: [sample(1, 2, 1, 3, 1)] };
    const old = await expectAgreement({ ...one, attributes: { axes: axes ?? [0, 2, 4] } }, 11);
    const now = await expectAgreement({ ...one, constants: axes && [whole(axes)] }, 13);
    expect(now[0].dims).toEqual(dims);
    expect(old[0].dims).toEqual(axes ? dims : [2, 3]);
  });

  test('Squeeze of an axis that is no 1 is refused', () => {
    const one = { operator: 'Squeeze', data: [sample(1, 2)], constants: [whole([1])] };
    expect(() => inferOne(one, 13)).toThrow('axis 1 of [1,2] has size 2, expected 1');
  });

  test.each([[[0]], [[1, 2]], [[-1]], [[3, 0]]])('Unsqueeze of axes %j', async axes => {
    const one = { operator: 'Unsqueeze', data: [sample(2, 3)] };
    if (axes.every(axis => axis >= 0)) await expectAgreement({ ...one, attributes: { axes } }, 9);
    const [known] = await expectAgreement({ ...one, constants: [whole(axes)] }, 13);
    expect(known.value).toBeDefined();
  });
});

describe('Transpose', () => {
  test.each([[undefined], [[0, 2, 1]], [[2, 0, 1]], [[1, 2, 0]]])('by %j', async perm => {
    const one = { operator: 'Transpose', data: [sample(2, 3, 4)], attributes: { perm } };
    const [known] = await expectAgreement(one, 13);
    expect(known.value).toBeDefined();
  });

  test('by what is no order of the axes is refused', () => {
    const one = { operator: 'Transpose', data: [sample(2, 3)], attributes: { perm: [0, 0] } };
    expect(() => inferOne(one, 13)).toThrow('perm [0,0] is not a permutation of the axes of [2,3]');
  });
});

describe('Concat and Split', () => {
  test.each([0, 1, -1])('Concat along axis %i', async axis => {
    const dims = (size: number) => [2, 3, 4].with(axis, size);
    const data = [sample(...dims(1)), sample(...dims(5)), sample(...dims(2))];
    const [known] = await expectAgreement({ operator: 'Concat', data, attributes: { axis } }, 13);
    expect(known.value).toBeDefined();
  });

  test('Concat of large integers keeps every bit', () => {
    const largest = { type: 'int64', dims: [1], data: BigInt64Array.of(2n ** 63n - 1n) } as const;
    const [known] = foldOne(
      { operator: 'Concat', data: [whole([1]), largest], attributes: { axis: 0 } },
      13,
    );
    expect(known.value!.data).toEqual(BigInt64Array.of(1n, 2n ** 63n - 1n));
  });

  test.each([
    [
      [2, 3],
      [2, 4, 1],
    ],
    [[2, 3], [2]],
  ])('Concat of %j and %j is refused', (a, b) => {
    const one = { operator: 'Concat', data: [sample(...a), sample(...b)], attributes: { axis: 0 } };
    expect(() => inferOne(one, 13)).toThrow('cannot concatenate');
  });

  test.each([
    [2, { axis: 1 }, [], 2],
    [11, { axis: -1, split: [1, 3] }, [], 2],
    [13, { axis: 0 }, [whole([4, 2, 1])], 3],
    [13, { axis: 1 }, [], 2],
    [18, { axis: 1, num_outputs: 2 }, [], 2],
    [18, { axis: 0, num_outputs: 4 }, [], 4],
  ] as [number, Record<string, AttributeLike>, Case['constants'], number][])(
    'Split of opset %i with %j',
    async (opset, attributes, constants, outputs) => {
      const data = [sample(7, 4, 4)];
      const one = { operator: 'Split', data, constants, attributes, outputs };
      const known = await expectAgreement(one, opset);
      expect(known.every(({ value }) => value)).toBe(true);
    },
  );

  test('Split into sizes of another sum is refused', () => {
    const one = { operator: 'Split', data: [sample(6)], constants: [whole([1, 2])], outputs: 2 };
    expect(() => inferOne(one, 13)).toThrow('cannot split 6 into [1,2]');
    expect(() => inferOne({ ...one, data: [sample(5)], constants: [] }, 13)).toThrow(
      'cannot split 5 into 2 equal pieces',
    );
    const four: Case = {
      operator: 'Split',
      data: [sample(1)],
      attributes: { num_outputs: 4 },
      outputs: 4,
    };
    expect(() => inferOne(four, 18)).toThrow('cannot split 1 into 4 equal pieces');
  });
});

describe('Slice', () => {
  test('of opset 1 has attributes', async () => {
    const attributes = { starts: [1, -2], ends: [9, 3], axes: [0, 2] };
    const [known] = await expectAgreement(
      { operator: 'Slice', data: [sample(3, 2, 4)], attributes },
      9,
    );
    expect(known.dims).toEqual([2, 2, 1]);
  });

  test('from the back to the front', async () => {
    const constants = [whole([-1]), whole([-9]), whole([0]), whole([-2])];
    const [known] = await expectAgreement(
      { operator: 'Slice', data: [whole([1, 2, 3, 4])], constants },
      13,
    );
    expect(known.value).toEqual(whole([4, 2]));
  });

  test('to the largest integer', async () => {
    const end = { type: 'int64', dims: [1], data: BigInt64Array.of(2n ** 63n - 1n) } as const;
    const one = {
      operator: 'Slice',
      data: [sample(2, 5)],
      constants: [whole([2]), end, whole([1])],
    };
    expect((await expectAgreement(one, 10))[0].dims).toEqual([2, 3]);
  });

  test('agrees with onnxruntime for any start, end and step', async () => {
    const bound = integer({ min: -8, max: 8 });
    const step = constantFrom(-3, -2, -1, 1, 2, 3);
    await assert(
      asyncProperty(bound, bound, step, async (start, end, by) => {
        const constants = [whole([start]), whole([end]), whole([1]), whole([by])];
        await expectAgreement({ operator: 'Slice', data: [sample(2, 5)], constants }, 13);
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});

describe('Pad', () => {
  const pads = [0, 1, 2, 0, 2, 1];
  test.each(['constant', 'reflect', 'edge'])('with %s', async mode => {
    const data = [sample(1, 3, 4)];
    await expectAgreement({ operator: 'Pad', data, attributes: { pads, mode } }, 2);
    await expectAgreement(
      { operator: 'Pad', data, constants: [whole(pads)], attributes: { mode } },
      11,
    );
    await expectAgreement(
      { operator: 'Pad', data, constants: [whole(pads)], attributes: { mode } },
      19,
    );
  });

  test('of constants with a value', async () => {
    const constants = [whole([1, 2]), scalar(7)];
    const [known] = await expectAgreement(
      { operator: 'Pad', data: [whole([1, 2])], constants },
      13,
    );
    expect(known.value).toEqual(whole([7, 1, 2, 7, 7]));
  });

  test('of some axes only, and by less than nothing', async () => {
    const constants = [whole([1, -2, 0, -1]), undefined, whole([2, -2])];
    const [known] = await expectAgreement(
      { operator: 'Pad', data: [sample(2, 5, 3)], constants },
      18,
    );
    expect(known.dims).toEqual([2, 2, 4]);
  });

  test('with too few pads is refused', () => {
    const one = { operator: 'Pad', data: [sample(2, 3)], constants: [whole([1, 1])] };
    expect(() => inferOne(one, 13)).toThrow('expected two pads for each of 2 axes, got 2');
  });
});

describe('Expand and Tile', () => {
  test.each([[[2, 3, 4]], [[3, 1]], [[1]], [[5, 2, 1, 4]]])(
    'Expand to %j broadcasts',
    async shape => {
      const one = { operator: 'Expand', data: [sample(3, 1)], constants: [whole(shape)] };
      const [known] = await expectAgreement(one, 13);
      expect(known.value).toBeDefined();
    },
  );

  test('Expand to many elements is not folded', () => {
    const one = { operator: 'Expand', data: [sample(1)], constants: [whole([1000, 1000])] };
    expect(foldOne(one, 13)[0]).toEqual({ type: 'float32', dims: [1000, 1000] });
  });

  test('Tile repeats', async () => {
    const one = { operator: 'Tile', data: [sample(2, 3)], constants: [whole([2, 2])] };
    const [known] = await expectAgreement(one, 13);
    expect(known.value!.dims).toEqual([4, 6]);
    await expectAgreement(one, 6);
  });

  test('Tile of opset 1 repeats one axis', () => {
    const one = { operator: 'Tile', data: [sample(2, 3)], constants: [scalar(4), scalar(1)] };
    expect(inferOne(one, 1)[0].dims).toEqual([2, 12]);
  });
});

describe('blocks of space', () => {
  test.each([1, 11, 13])('DepthToSpace of opset %i', async opset => {
    const attributes = { blocksize: 2 };
    await expectAgreement(
      { operator: 'DepthToSpace', data: [sample(2, 12, 3, 4)], attributes },
      opset,
    );
  });

  test.each([1, 13])('SpaceToDepth of opset %i', async opset => {
    const attributes = { blocksize: 2 };
    await expectAgreement(
      { operator: 'SpaceToDepth', data: [sample(2, 3, 6, 4)], attributes },
      opset,
    );
  });

  test('Col2Im adds columns up to an image', async () => {
    const constants = [whole([5, 5]), whole([1, 5])];
    await expectAgreement({ operator: 'Col2Im', data: [sample(1, 10, 5)], constants }, 18);
  });

  test('CenterCropPad takes sizes of some axes', async () => {
    const one = { operator: 'CenterCropPad', data: [sample(5, 4, 3)], constants: [whole([2, 7])] };
    await expectAgreement({ ...one, attributes: { axes: [0, -1] } }, 18);
  });
});
