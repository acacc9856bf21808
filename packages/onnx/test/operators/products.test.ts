import type { AttributeLike } from '../../src/attribute.js';
import { expectAgreement, inferOne, sample, scalar, whole } from './one-node.js';

describe('matrix products', () => {
  test.each([
    [
      [2, 3],
      [3, 4],
    ],
    [
      [5, 2, 3],
      [3, 4],
    ],
    [
      [5, 1, 2, 3],
      [6, 3, 4],
    ],
    [[3], [3, 4]],
    [[2, 3], [3]],
    [[3], [3]],
    [[5, 2, 3], [3]],
  ])('MatMul of %j and %j', async (a, b) => {
    for (const opset of [1, 9, 13])
      await expectAgreement({ operator: 'MatMul', data: [sample(...a), sample(...b)] }, opset);
  });

  test('MatMul of inner sizes that differ is refused', () => {
    const one = { operator: 'MatMul', data: [sample(2, 3), sample(2, 3)] };
    expect(() => inferOne(one, 13)).toThrow('cannot multiply [2,3] by [2,3]');
  });

  test.each([
    [0, 0, [2, 3], [3, 4]],
    [1, 0, [3, 2], [3, 4]],
    [0, 1, [2, 3], [4, 3]],
    [1, 1, [3, 2], [4, 3]],
  ])('Gemm with transA %i and transB %i', async (transA, transB, a, b) => {
    const data = [sample(...a), sample(...b), sample(4)];
    for (const opset of [7, 11, 13])
      await expectAgreement({ operator: 'Gemm', data, attributes: { transA, transB } }, opset);
  });

  test('Gemm of inner sizes that differ is refused', () => {
    const one = { operator: 'Gemm', data: [sample(2, 3), sample(2, 4)] };
    expect(() => inferOne(one, 13)).toThrow('cannot multiply [2, 3] by [2, 4]');
  });

  test('products of quantised numbers', async () => {
    const [a, b] = [whole([1, 2], 'uint8', [1, 2]), whole([3, 4], 'uint8', [2, 1])];
    const [zero, scale] = [scalar(1, 'uint8'), scalar(2, 'float32')];
    await expectAgreement({ operator: 'MatMulInteger', data: [a, b] }, 10);
    const data = [a, scale, zero, b, scale, zero, scale, zero];
    await expectAgreement({ operator: 'QLinearMatMul', data }, 10);
  });

  test.each([
    [
      'ij,jk->ik',
      [
        [2, 3],
        [3, 4],
      ],
    ],
    [
      'bij, bjk',
      [
        [5, 2, 3],
        [5, 3, 4],
      ],
    ],
    [
      '...ij,...jk->...ik',
      [
        [5, 2, 3],
        [5, 3, 4],
      ],
    ],
    ['ii->i', [[3, 3]]],
    ['ij->', [[3, 2]]],
    ['i,j', [[3], [2]]],
    ['ba', [[3, 2]]],
    ['...i->i...', [[2, 3, 4]]],
  ])("Einsum '%s' of %j", async (equation, shapes) => {
    const data = shapes.map(dims => sample(...dims));
    await expectAgreement({ operator: 'Einsum', data, attributes: { equation } }, 12);
  });

  test('Einsum of operands that do not match is refused', () => {
    const one = { operator: 'Einsum', data: [sample(2, 3)] };
    const refuse = (equation: string, problem: string) =>
      expect(() => inferOne({ ...one, attributes: { equation } }, 12)).toThrow(problem);
    refuse('i->i', "'i' does not match [2,3]");
    refuse('ii->i', 'sizes 2 and 3 cannot be broadcast');
    refuse('ij,jk->ik', 'its equation has 2 term(s) for 1 input(s)');
    for (const equation of ['ij->->', '...i...->i', 'i.j->i', 'i1->i', 'ij->i,j'])
      refuse(equation, `'${equation}' is no equation of Einsum`);
    for (const equation of ['ij->ii', 'ij->k'])
      refuse(equation, 'on the right twice, or not on the left');
  });

  test('Det of square matrices', async () => {
    await expectAgreement({ operator: 'Det', data: [sample(5, 3, 3)] }, 11);
    await expectAgreement({ operator: 'Det', data: [sample(2, 2)] }, 11);
    expect(() => inferOne({ operator: 'Det', data: [sample(2, 3)] }, 11)).toThrow(
      '[2,3] is not square',
    );
  });

  test('Attention with heads of their own or flattened, and with a past', async () => {
    const four = [sample(2, 3, 4, 8), sample(2, 3, 6, 8), sample(2, 3, 6, 10)];
    await expectAgreement({ operator: 'Attention', data: four }, 23);
    const flat = [sample(2, 4, 24), sample(2, 6, 24), sample(2, 6, 30)];
    const attributes = { q_num_heads: 3, kv_num_heads: 3 };
    await expectAgreement({ operator: 'Attention', data: flat, attributes }, 23);
    const past = [sample(2, 3, 5, 8), sample(2, 3, 5, 10)];
    const mask = sample(4, 11);
    const one = { operator: 'Attention', data: [...four, mask, ...past], outputs: 3 };
    await expectAgreement(one, 23);
  });
});

describe('quantisation', () => {
  test('QuantizeLinear has the type of its zero point, uint8 without one', async () => {
    const data = [sample(2, 3), scalar(0.5, 'float32')];
    await expectAgreement({ operator: 'QuantizeLinear', data }, 10);
    const signed = [...data, scalar(1, 'int8')];
    await expectAgreement({ operator: 'QuantizeLinear', data: signed }, 13);
    await expectAgreement(
      { operator: 'QuantizeLinear', data, attributes: { output_dtype: 3 } },
      21,
    );
  });

  test('DequantizeLinear has the type of its scale', async () => {
    const data = [whole([1, 2], 'int8'), scalar(0.5, 'float32')];
    for (const opset of [10, 13, 21])
      await expectAgreement({ operator: 'DequantizeLinear', data }, opset);
  });

  test('DynamicQuantizeLinear gives scale and zero point, too', async () => {
    await expectAgreement(
      { operator: 'DynamicQuantizeLinear', data: [sample(2, 3)], outputs: 3 },
      11,
    );
  });
});

describe('reductions', () => {
  const reductions = [
    'Sum',
    'Mean',
    'Max',
    'Min',
    'Prod',
    'L1',
    'L2',
    'SumSquare',
    'LogSum',
    'LogSumExp',
  ];
  const settings: Record<string, AttributeLike>[] = [
    {},
    { axes: [1] },
    { axes: [0, 2], keepdims: 0 },
  ];
  const cases = reductions.flatMap(kind => settings.map(values => [kind, values] as const));

  test.each(cases)('Reduce%s with %j', async (kind, { axes, ...rest }) => {
    const one = { operator: `Reduce${kind}`, data: [sample(2, 3, 4)] };
    const attributes = axes === undefined ? rest : { ...rest, axes };
    for (const opset of [1, 11]) await expectAgreement({ ...one, attributes }, opset);
    const constants = axes === undefined ? [] : [whole(axes as number[])];
    await expectAgreement({ ...one, constants, attributes: rest }, 18);
    if (kind === 'Sum') await expectAgreement({ ...one, constants, attributes: rest }, 13);
  });

  test.each([
    ['Sum', 10],
    ['Prod', 24],
    ['Max', 4],
    ['Min', 1],
  ])('Reduce%s of constant integers is %i', async (kind, expected) => {
    const one = {
      operator: `Reduce${kind}`,
      data: [whole([1, 2, 3, 4])],
      attributes: { keepdims: 0 },
    };
    expect((await expectAgreement(one, 18))[0].value).toEqual(scalar(expected));
    const floats = { ...one, data: [whole([1, 2, 3, 4], 'float32')] };
    expect((await expectAgreement(floats, 18))[0].value).toEqual(scalar(expected, 'float32'));
  });

  test('sums of fractions are left to the runtime, which adds in another order', () => {
    const one = { operator: 'ReduceSum', constants: [whole([0.1, 0.2], 'float32')] };
    expect(inferOne(one, 13)[0].value).toBeUndefined();
  });

  test('no axes can mean none', async () => {
    const one = { operator: 'ReduceSum', data: [sample(2, 3)], constants: [whole([])] };
    await expectAgreement({ ...one, attributes: { noop_with_empty_axes: 1 } }, 13);
    await expectAgreement(one, 13);
  });
});
