import { Random } from '@nads/linalg';
import { expectClose } from '@nads/testing';
import {
  polynomialCoefficients,
  polynomialDegree,
  symmetricTensor,
  termCount,
  type VectorFunction,
} from '../src/polynomial/index.js';

type Formula = (x: Float64Array) => number[];

const functionOf = (inputs: number, formula: Formula, rounding = 2 ** -53): VectorFunction => ({
  inputs,
  rounding,
  at: async points =>
    Float64Array.from(
      Array.from({ length: points.length / inputs }, (_, i) =>
        formula(points.subarray(i * inputs, (i + 1) * inputs)),
      ).flat(),
    ),
});

const degreesOf = async (inputs: number, formula: Formula, rounding?: number) => {
  const options = { maxDegree: 12, lines: 3, random: new Random('lines') };
  const found = await polynomialDegree(functionOf(inputs, formula, rounding), options);
  return found.map(({ degree }) => degree);
};

/** Numbers of single precision. */
const single = (x: number): number => Math.fround(x);

test('the degree of each output', async () => {
  const formula: Formula = ([x, y, z]) => [
    7,
    x - y,
    x * y + 1e-3 * z,
    (x + y * z) ** 2,
    x ** 5 * y ** 4 + 1e6 * z,
    (1 + x + y) ** 12,
    0,
  ];
  expect(await degreesOf(3, formula)).toEqual([0, 1, 2, 4, 9, 12, 0]);
});

test('what bends, saturates or divides is no polynomial', async () => {
  const formula: Formula = ([x, y]) => [
    Math.max(0, x) + y ** 3,
    Math.tanh(x),
    Math.exp(-x * x),
    x / (1 + y * y),
    Math.max(x, y),
    x ** 13,
    Math.max(100, x) + x * y,
    x + 3e-11 * Math.abs(x),
  ];
  expect(await degreesOf(2, formula)).toEqual(Array.from({ length: 8 }, () => undefined));
});

test('in single precision rounding errors are not taken for terms', async () => {
  const formula: Formula = ([x, y]) => {
    const square = single(single(single(x) * single(y)) + single(0.1));
    const cancelled = single(single(square + single(1e3)) - single(1e3));
    return [square, single(square * square), cancelled, single(Math.max(0, single(x)))];
  };
  expect(await degreesOf(2, formula, 2 ** -24)).toEqual([2, 4, 2, undefined]);
});

test('values that are not finite are refused', async () => {
  await expect(degreesOf(1, () => [NaN])).rejects.toThrow('not finite');
});

test('the same seed finds the same', async () => {
  const found = () =>
    polynomialDegree(
      functionOf(2, ([x, y]) => [x * y]),
      { maxDegree: 4, lines: 2, random: new Random(3) },
    );
  expect(await found()).toEqual(await found());
});

describe('coefficients', () => {
  // 3 − 2y + 5x² − xyz + z³
  const formula: Formula = ([x, y, z]) => [3 - 2 * y + 5 * x * x - x * y * z + z ** 3, x];

  test('of every term, by degree', async () => {
    const { exponents, coefficients, outputs } = await polynomialCoefficients(
      functionOf(3, formula),
      3,
    );
    expect(outputs).toBe(2);
    expect(exponents).toHaveLength(termCount(3, 3));
    const found = new Map(exponents.map((e, i) => [e.join(), coefficients[i * outputs]]));
    const expected: Record<string, number> = {
      '0,0,0': 3,
      '0,1,0': -2,
      '2,0,0': 5,
      '1,1,1': -1,
      '0,0,3': 1,
    };
    for (const [exponent, value] of found) expect(value).toBeCloseTo(expected[exponent] ?? 0, 12);
  });

  test('as symmetric tensors', async () => {
    const polynomial = await polynomialCoefficients(functionOf(3, formula), 3);
    const at = (tensor: Float64Array, ...index: number[]): number =>
      tensor[index.reduce((sum, i) => sum * 3 + i, 0)];
    const [t1, t2, t3] = [1, 2, 3].map(n => symmetricTensor(polynomial, n));
    expectClose(t1.subarray(0, 3), [0, -2, 0], { atol: 1e-12 });
    expect(at(t2, 0, 0)).toBeCloseTo(5, 12);
    // −xyz is shared out over six orders
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
    ])
      expect(at(t3, ...order)).toBeCloseTo(-1 / 6, 12);
    expect(at(t3, 2, 2, 2)).toBeCloseTo(1, 12);
  });
});
