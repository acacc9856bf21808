import { float } from '../../src/attribute.js';
import { expectAgreement, foldOne, inferOne, sample, scalar, whole } from './one-node.js';

const unaries: [string, number[]][] = [
  ['Abs', [6, 13, 21]],
  ['Acos', [7, 22]],
  ['Acosh', [9]],
  ['Asin', [7]],
  ['Asinh', [9]],
  ['Atan', [7]],
  ['Atanh', [9]],
  ['Ceil', [6, 13]],
  ['Celu', [12]],
  ['Clip', [6, 11, 12, 13]],
  ['Cos', [7]],
  ['Cosh', [9]],
  ['Elu', [6, 22]],
  ['Erf', [9, 13]],
  ['Exp', [6, 13]],
  ['Floor', [6, 13]],
  ['Gelu', [20]],
  ['HardSigmoid', [6, 22]],
  ['HardSwish', [14, 22]],
  ['Identity', [1, 13, 16, 21]],
  ['IsInf', [10, 20]],
  ['IsNaN', [9, 13]],
  ['LeakyRelu', [6, 16]],
  ['Log', [6, 13]],
  ['Mish', [18]],
  ['Neg', [6, 13]],
  ['Reciprocal', [6, 13]],
  ['Relu', [6, 13, 14]],
  ['Round', [11, 22]],
  ['Selu', [6, 22]],
  ['Shrink', [9]],
  ['Sigmoid', [6, 13]],
  ['Sign', [9, 13]],
  ['Sin', [7]],
  ['Sinh', [9]],
  ['Softplus', [1, 22]],
  ['Softsign', [1, 22]],
  ['Sqrt', [6, 13]],
  ['Tan', [7]],
  ['Tanh', [6, 13]],
  ['ThresholdedRelu', [10, 22]],
];

describe('operators on single elements', () => {
  test.each(spread(unaries))('%s of opset %i keeps its dims', async (operator, opset) => {
    await expectAgreement({ operator, data: [sample(2, 3, 4)] }, opset);
  });

  test.each([
    ['Abs', [-2, 0, 3], [2, 0, 3]],
    ['Neg', [-2, 0, 3], [2, -0, -3]],
    ['Ceil', [-1.5, 0.2], [-1, 1]],
    ['Floor', [-1.5, 0.2], [-2, 0]],
    ['Round', [-2.5, -1.5, -0.4, 0.5, 1.5, 2.5], [-2, -2, -0, 0, 2, 2]],
    ['Sign', [-7, 0, 2.5], [-1, 0, 1]],
    ['Sqrt', [0, 4, 2], [0, 2, Math.fround(Math.SQRT2)]],
    ['Reciprocal', [4], [0.25]],
  ])('%s of constants is computed', async (operator, values, expected) => {
    const one = { operator, data: [whole(values, 'float32')] };
    const [known] = await expectAgreement(one, 13);
    expect(Array.from(known.value!.data, Number)).toEqual(expected);
  });

  test('Not turns true into false', async () => {
    const [known] = await expectAgreement({ operator: 'Not', data: [whole([0, 1], 'bool')] }, 1);
    expect(known.value).toEqual(whole([1, 0], 'bool'));
  });

  test('bits are turned over without being folded', async () => {
    await expectAgreement({ operator: 'BitwiseNot', data: [whole([1, 2], 'int32')] }, 18);
  });
});

const binaries: [string, number[]][] = [
  ['Add', [7, 13, 14]],
  ['Sub', [7, 13, 14]],
  ['Mul', [7, 13, 14]],
  ['Div', [7, 13, 14]],
  ['Pow', [7, 12, 13, 15]],
  ['Min', [8, 12, 13]],
  ['Max', [8, 12, 13]],
  ['Mean', [8, 13]],
  ['Sum', [8, 13]],
  ['Greater', [7, 9, 13]],
  ['Less', [7, 9, 13]],
  ['GreaterOrEqual', [12, 16]],
  ['LessOrEqual', [12, 16]],
  ['Equal', [11, 13, 19]],
];

describe('operators on broadcast operands', () => {
  test.each(spread(binaries))('%s of opset %i broadcasts', async (operator, opset) => {
    await expectAgreement({ operator, data: [sample(2, 1, 4), sample(3, 1)] }, opset);
    await expectAgreement({ operator, data: [sample(4), sample(2, 3, 1)] }, opset);
    await expectAgreement({ operator, data: [sample(), sample(0, 2)] }, opset);
  });

  test.each(['And', 'Or', 'Xor'])('%s of truths', async operator => {
    const data = [whole([0, 0, 1, 1], 'bool', [2, 2]), whole([0, 1], 'bool')];
    const [known] = await expectAgreement({ operator, data }, 7);
    expect(known.value).toBeDefined();
  });

  test.each(['BitwiseAnd', 'BitwiseOr', 'BitwiseXor'])('%s of integers', async operator => {
    await expectAgreement({ operator, data: [whole([5, 6]), whole([3], 'int64', [1, 1])] }, 18);
  });

  test('BitShift', async () => {
    const data = [whole([16, 4], 'uint8'), whole([1, 2], 'uint8')];
    await expectAgreement({ operator: 'BitShift', data, attributes: { direction: 'LEFT' } }, 11);
  });

  test('Where takes its type from what it chooses from', async () => {
    const data = [whole([1, 0], 'bool'), whole([1, 2]), whole([9], 'int64', [1, 1])];
    const [known] = await expectAgreement({ operator: 'Where', data }, 16);
    expect(known.value).toEqual(whole([1, 9], 'int64', [1, 2]));
  });

  test.each(['Add', 'Sub', 'Mul', 'Div', 'Min', 'Max', 'Equal', 'Greater', 'Less'])(
    '%s of constant integers is computed',
    async operator => {
      const data = [whole([-7, 7, 9]), whole([2, -2, 9])];
      const [known] = await expectAgreement({ operator, data }, 13);
      expect(known.value).toBeDefined();
    },
  );

  test('a quotient of integers is cut towards zero', () => {
    const [known] = foldOne({ operator: 'Div', data: [whole([-7, 7]), whole([2])] }, 13);
    expect(known.value).toEqual(whole([-3, 3]));
  });

  test.each([
    [0, [1, -1, 0]],
    [1, [-1, 1, 0]],
  ])(
    'a remainder has the sign of the divisor, or with fmod %i of the dividend',
    async (fmod, expected) => {
      const data = [whole([-7, 7, 9]), whole([2, -2, 9])];
      const [known] = await expectAgreement({ operator: 'Mod', data, attributes: { fmod } }, 13);
      expect(Array.from(known.value!.data, Number)).toEqual(expected);
    },
  );

  test('what does not fit int64 exactly in a JavaScript number is not computed', () => {
    const large = { type: 'int64', dims: [1], data: BigInt64Array.of(2n ** 63n - 1n) } as const;
    expect(foldOne({ operator: 'Add', data: [large, whole([1])] }, 13)[0].value).toBeUndefined();
    expect(
      foldOne({ operator: 'Div', data: [whole([1]), whole([0])] }, 13)[0].value,
    ).toBeUndefined();
  });

  test('operands that do not broadcast are refused by name of the node', () => {
    expect(() => inferOne({ operator: 'Add', data: [sample(2), sample(3)] }, 13)).toThrow(
      "node 'output0' (Add): sizes 2 and 3 cannot be broadcast",
    );
  });

  test('before opset 7 the second operand is stretched to the first from an axis on', () => {
    const attributes = { broadcast: 1, axis: 1 };
    const [known] = inferOne(
      { operator: 'Mul', data: [sample(2, 3, 4), sample(3)], attributes },
      6,
    );
    expect(known).toEqual({ type: 'float32', dims: [2, 3, 4], value: undefined });
  });

  test('PRelu has the dims of its first operand', async () => {
    await expectAgreement({ operator: 'PRelu', data: [sample(2, 3, 4), sample(3, 1)] }, 16);
    const one = { operator: 'PRelu', data: [sample(2, 3, 4), sample(3)] };
    expect(inferOne(one, 6)[0].dims).toEqual([2, 3, 4]);
  });
});

describe('conversions', () => {
  const targets = [1, 6, 7, 9, 11, 2, 3] as const;
  test.each(targets)('Cast to type %i', async to => {
    const data = [whole([-1.5, 0, 2.75, 100], 'float32')];
    await expectAgreement({ operator: 'Cast', data, attributes: { to } }, 13);
  });

  test('Cast of integers keeps them', async () => {
    const data = [whole([-1, 3])];
    const [known] = await expectAgreement({ operator: 'Cast', data, attributes: { to: 6 } }, 9);
    expect(known.value).toEqual(whole([-1, 3], 'int32'));
  });

  test('Cast of what an integer type does not hold is left to the runtime', () => {
    const data = [whole([-1.5, 300], 'float32')];
    const to = (code: number) =>
      foldOne({ operator: 'Cast', data, attributes: { to: code } }, 13)[0];
    expect(to(2).value).toBeUndefined();
    expect(to(6).value).toEqual(whole([-1, 300], 'int32'));
    expect(to(9).value).toEqual(whole([1, 1], 'bool'));
  });

  test('before opset 6 the type is a name', () => {
    const one = { operator: 'Cast', data: [sample(2)] };
    expect(inferOne({ ...one, attributes: { to: 'FLOAT' } }, 5)[0].type).toBe('float32');
    expect(inferOne({ ...one, attributes: { to: 'INT64' } }, 5)[0].type).toBe('int64');
    expect(inferOne({ ...one, attributes: { to: 'DOUBLE' } }, 5)[0].type).toBe('float64');
  });

  test('CastLike takes the type of its second input', async () => {
    await expectAgreement({ operator: 'CastLike', data: [sample(2, 3), scalar(1)] }, 15);
  });
});

describe("onnxruntime's own operators", () => {
  test.each(['Gelu', 'FastGelu', 'QuickGelu'])('%s keeps its dims', async operator => {
    const attributes = operator === 'QuickGelu' ? { alpha: float(1.5) } : {};
    await expectAgreement(
      { operator, domain: 'com.microsoft', data: [sample(2, 3)], attributes },
      17,
    );
  });

  test('FusedConv has the dims of its convolution', async () => {
    const data = [sample(1, 2, 4, 4), sample(3, 2, 3, 3)];
    const attributes = { activation: 'Relu', pads: [1, 1, 0, 0] };
    await expectAgreement({ operator: 'FusedConv', domain: 'com.microsoft', data, attributes }, 17);
  });

  test('FusedMatMul multiplies transposes', async () => {
    const attributes = { transA: 1, transB: 1, alpha: float(0.5) };
    const data = [sample(2, 3, 4), sample(2, 5, 3)];
    await expectAgreement(
      { operator: 'FusedMatMul', domain: 'com.microsoft', data, attributes },
      17,
    );
  });
});

/** Every operator with each of its opsets. */
function spread(table: readonly [string, number[]][]): [string, number][] {
  return table.flatMap(([name, opsets]) => opsets.map((opset): [string, number] => [name, opset]));
}
