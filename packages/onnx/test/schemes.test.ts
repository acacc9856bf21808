import { matrix, multiply, Random, transpose } from '@nads/linalg';
import { expectClose } from '@nads/testing';
import { assert, constantFrom, integer, property, tuple } from 'fast-check';
import { formatInit, parseInit, requireScaled, schemeFor, schemes } from '../src/init/schemes.js';
import type { Draw, Scheme } from '../src/init/scheme.js';
import { sizeOf } from '../src/tensor.js';

const draw: Draw = {
  name: 'w',
  kind: 'conv',
  role: 'weight',
  dims: [64, 16, 5, 5],
  fanIn: 400,
  fanOut: 1600,
  file: { mean: 0.25, deviation: 0.5 },
};

function weightsOf(scheme: Scheme, given: Draw = draw, seed = 1): Float32Array {
  const out = new Float32Array(sizeOf(given.dims));
  scheme.weight(out, given, new Random(seed));
  return out;
}

const meanOf = (values: Float32Array): number =>
  values.reduce((sum, x) => sum + x, 0) / values.length;
const momentOf = (values: Float32Array, power: number): number =>
  values.reduce((sum, x) => sum + x ** power, 0) / values.length;

describe('the variance of weights', () => {
  test.each([
    ['pytorch', 1 / 1200],
    ['he-fan-in', 1 / 200],
    ['he-fan-out', 1 / 800],
    ['glorot', 1 / 1000],
    ['lecun', 1 / 400],
    ['orthogonal', 1 / 400],
  ])('of %s is %d, and their mean is 0', (name, variance) => {
    const values = weightsOf(schemes[name]);
    expect(schemes[name].moments(draw)).toEqual({ mean: 0, variance });
    expect(Math.abs(meanOf(values))).toBeLessThan(5 * Math.sqrt(variance / values.length));
    expectClose([momentOf(values, 2)], [variance], { rtol: 0.05 });
  });

  test('of like-file is that of the file, and so is the mean', () => {
    const values = weightsOf(schemes['like-file']);
    expectClose([meanOf(values), momentOf(values, 2)], [0.25, 0.25 + 0.0625], { rtol: 0.05 });
    expect(schemes['like-file'].moments(draw)).toEqual({ mean: 0.25, variance: 0.25 });
  });
});

test.each([
  ['pytorch', 1 / 20],
  ['glorot', Math.sqrt(6 / 2000)],
])('%s is uniform up to its limit', (name, limit) => {
  const values = weightsOf(schemes[name]);
  const largest = Math.max(...values.map(Math.abs));
  expect(largest).toBeLessThanOrEqual(Math.fround(limit));
  expect(largest).toBeGreaterThan(0.999 * limit);
  expectClose([momentOf(values, 4)], [limit ** 4 / 5], { rtol: 0.05 });
});

test.each(['he-fan-in', 'he-fan-out', 'lecun', 'like-file'])('%s is normal', name => {
  const centred = { ...draw, file: { mean: 0, deviation: 0.5 } };
  const values = weightsOf(schemes[name], centred);
  expectClose([momentOf(values, 4) / momentOf(values, 2) ** 2], [3], { rtol: 0.05 });
});

test('orthogonal weights have orthonormal rows or columns, whichever are fewer', () => {
  const sizes = tuple(integer({ min: 1, max: 12 }), integer({ min: 1, max: 12 }));
  assert(
    property(sizes, integer(), ([rows, columns], seed) => {
      const values = weightsOf(schemes.orthogonal, { ...draw, dims: [rows, columns] }, seed);
      const q = matrix(rows, columns, Float64Array.from(values));
      const gram = rows <= columns ? multiply(q, transpose(q)) : multiply(transpose(q), q);
      const n = Math.min(rows, columns);
      const identity = Array.from({ length: n * n }, (_, i) => Number(i % (n + 1) === 0));
      expectClose(gram.data, identity, { atol: 1e-5 });
    }),
    { numRuns: 100, seed: 1 },
  );
});

describe('biases', () => {
  const biasOf = (name: string, file = draw.file): Float32Array => {
    const out = new Float32Array(4096).fill(7);
    schemes[name].bias(out, { ...draw, role: 'bias', dims: [4096], file }, new Random(1));
    return out;
  };

  test.each(['he-fan-in', 'he-fan-out', 'glorot', 'lecun', 'orthogonal'])(
    'of %s are zero',
    name => {
      expect(biasOf(name).every(x => x === 0)).toBe(true);
    },
  );

  test('of pytorch are uniform by fan-in', () => {
    expectClose([momentOf(biasOf('pytorch'), 2)], [1 / 1200], { rtol: 0.1 });
  });

  test("of like-file are like the file's, zero where those are all the same", () => {
    expectClose([meanOf(biasOf('like-file'))], [0.25], { rtol: 0.1 });
    expect(biasOf('like-file', { mean: 0.5, deviation: 0 }).every(x => x === 0)).toBe(true);
  });
});

describe('a text says', () => {
  test('one scheme for all kinds but embeddings', () => {
    const init = parseInit('glorot');
    expect([init.conv, init.linear, init.embedding].map(({ name }) => name)).toEqual([
      'glorot',
      'glorot',
      'like-file',
    ]);
  });

  test('a scheme for some kinds, the others PyTorch’s', () => {
    const init = parseInit('conv=he-fan-out, linear=lecun');
    expect([init.conv, init.linear, init.recurrent].map(({ name }) => name)).toEqual([
      'he-fan-out',
      'lecun',
      'pytorch',
    ]);
  });

  test('what it says once more when it is formatted', () => {
    const part = tuple(
      constantFrom('conv', 'linear', 'norm', 'embedding'),
      constantFrom(...Object.keys(schemes)),
    );
    assert(
      property(part, part, (...parts) => {
        const init = parseInit(parts.map(words => words.join('=')).join(','));
        expect(parseInit(formatInit(init))).toEqual(init);
      }),
    );
  });

  test.each([
    ['xavier', "`init`: unknown scheme 'xavier'; choose one of pytorch, he-fan-in"],
    ['conv=', "`init`: unknown scheme ''"],
    ['constructor', "`init`: unknown scheme 'constructor'"],
    ['dense=lecun', "`init`: unknown kind of layer 'dense'; choose one of conv,"],
  ])('%s: no such thing', (text, problem) => {
    expect(() => parseInit(text)).toThrow(problem);
  });
});

describe('a factor for weights of a name', () => {
  const init = parseInit('he-fan-in,*.m2.weight=0.5,*.weight=0.1');
  const second = { ...draw, name: 'fresh/block.m2.weight' };

  test('multiplies what is drawn, and its moments', () => {
    const plain = weightsOf(schemes['he-fan-in'], second);
    const found = weightsOf(schemeFor(init, second), second);
    expectClose(
      found,
      plain.map(x => 0.05 * x),
      { rtol: 1e-6 },
    );
    expect(schemeFor(init, second).moments(second).variance).toBeCloseTo(0.05 ** 2 / 200, 12);
    expect(schemeFor(init, { ...draw, name: 'block_m2_bias' })).toBe(schemes['he-fan-in']);
  });

  test('is written as it is read', () => {
    expect(formatInit(parseInit(formatInit(init)))).toBe(formatInit(init));
    expect(formatInit(init)).toMatch(/,\*\.m2\.weight=0\.5,\*\.weight=0\.1$/);
  });

  test('must be for weights that are drawn', () => {
    expect(() => requireScaled(init, [second])).not.toThrow();
    expect(() => requireScaled(init, [{ ...draw, name: 'x.weight' }])).toThrow(
      "no weight that is drawn is called '*.m2.weight'",
    );
    expect(() => requireScaled(init, [{ ...second, kind: 'norm' }])).toThrow(/no weight/);
    expect(() => parseInit('*.m2.weight=0')).toThrow("factor for '*.m2.weight' must not be 0");
  });
});
