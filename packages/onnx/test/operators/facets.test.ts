import { operators } from '../../src/operators/registry.js';
import type { Facets } from '../../src/operator.js';

const label = ({ domain = '', name }: { domain?: string; name: string }): string =>
  domain ? `${domain}.${name}` : name;

/** Operators that state a facet, or state it in one way. */
const stating = (facet: keyof Facets, value?: unknown): string[] =>
  operators
    .filter(operator =>
      value === undefined ? operator[facet] !== undefined : operator[facet] === value,
    )
    .map(label);

const sorted = (names: readonly string[]): string[] => names.toSorted((a, b) => (a < b ? -1 : 1));

/** What each of them is said to be is tested where it is asked for; here that none is forgotten. */
const expected: readonly [keyof Facets, unknown, string][] = [
  [
    'symmetry',
    undefined,
    'BatchNormalization Cast Clip Concat Conv Dropout Flatten Gemm GroupNormalization Identity ' +
      'InstanceNormalization LRN LogSoftmax MatMul MaxPool Mod PRelu Pad Reshape Resize Softmax Squeeze ' +
      'Transpose Unsqueeze Upsample Where com.microsoft.BiasGelu com.microsoft.FastGelu',
  ],
  ['layer', 'convolution', 'Conv ConvTranspose'],
  ['layer', 'linear', 'Gemm MatMul'],
  ['macs', undefined, 'Conv ConvTranspose Gemm MatMul'],
  ['head', undefined, 'Conv Gemm MatMul'],
  ['asProduct', undefined, 'Conv'],
  [
    'weights',
    undefined,
    'Add BatchNormalization Conv ConvTranspose Div GRU Gather Gemm GroupNormalization InstanceNormalization ' +
      'LSTM LayerNormalization MatMul Mul PRelu RNN Sub',
  ],
  ['carries', undefined, 'Cast Flatten Identity Reshape Squeeze Transpose Unsqueeze'],
  ['carries', 'in order', 'Flatten Identity Reshape Squeeze Unsqueeze'],
  ['carries', 'in another order', 'Transpose'],
  ['storage', 'Constant', 'Constant'],
  ['storage', 'ConstantOfShape', 'ConstantOfShape'],
  ['averages', undefined, 'AveragePool GlobalAveragePool ReduceMean'],
  ['adds', true, 'Add'],
  ['affine', undefined, 'Add BatchNormalization Div Mul Neg Sub'],
  ['classifies', true, 'LogSoftmax Sigmoid Softmax'],
  [
    'channels',
    1,
    'AveragePool Conv ConvTranspose GlobalAveragePool GlobalLpPool GlobalMaxPool LpPool MaxPool',
  ],
  ['training', 'statistics', 'BatchNormalization'],
  ['training', 'mask', 'Dropout'],
  ['controlFlow', 'branch', 'If'],
  ['controlFlow', 'loop', 'Loop'],
  ['controlFlow', 'scan', 'Scan'],
  [
    'random',
    true,
    'Bernoulli Dropout Multinomial RandomNormal RandomNormalLike RandomUniform RandomUniformLike',
  ],
];

describe('operators that state', () => {
  test.each(expected)('%s %s', (facet, value, names) => {
    expect(stating(facet, value)).toEqual(expect.arrayContaining(names.split(' ')));
  });

  test('that they are quantised are those whose names say so', () => {
    const names = operators
      .filter(({ name }) => /Quantize|Dequantize|QLinear|Integer/.test(name))
      .map(label);
    expect(sorted(stating('quantised', true))).toEqual(sorted(names));
    expect(names).toHaveLength(23);
  });
});
