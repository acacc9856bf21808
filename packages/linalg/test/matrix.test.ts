import * as fc from 'fast-check';
import { expectClose } from '@nads/testing';
import {
  addGram,
  fromRows,
  identity,
  matrix,
  mirrorLower,
  packLower,
  unpackLower,
  multiply,
  multiplyTransposed,
  row,
  transpose,
  type Matrix,
} from '../src/index.js';
import { addProduct, view } from '../src/add-product.js';
import { randomMatrix } from './random-matrix.js';

function productByDefinition(a: Matrix, b: Matrix): Float64Array {
  const c = new Float64Array(a.rows * b.columns);
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < b.columns; j++)
      for (let k = 0; k < a.columns; k++)
        c[i * b.columns + j] += a.data[i * a.columns + k] * b.data[k * b.columns + j];
  return c;
}

const size = fc.integer({ min: 0, max: 20 });

test('a matrix is zero until it is filled', () => {
  expect([...matrix(2, 3).data]).toEqual([0, 0, 0, 0, 0, 0]);
});

test('a matrix refuses data of the wrong length', () => {
  expect(() => matrix(2, 3, new Float64Array(5))).toThrow('a 2×3 matrix cannot have 5 entries');
});

test('rows become a matrix, and a row is a view into it', () => {
  const a = fromRows([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  expect([a.rows, a.columns]).toEqual([3, 2]);
  row(a, 1)[0] = 9;
  expect([...a.data]).toEqual([1, 2, 9, 4, 5, 6]);
});

test('rows of different lengths are refused by name', () => {
  expect(() => fromRows([[1, 2], [3]])).toThrow('row 1 has 1 entries, row 0 has 2');
});

test('no rows make an empty matrix', () => {
  expect(fromRows([])).toEqual(matrix(0, 0));
});

test('a product worked out by hand', () => {
  const a = fromRows([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const b = fromRows([
    [7, 8],
    [9, 10],
    [11, 12],
  ]);
  expect([...multiply(a, b).data]).toEqual([58, 64, 139, 154]);
  expect([...multiplyTransposed(a, a).data]).toEqual([14, 32, 32, 77]);
});

test('products agree with the definition at every size', () => {
  fc.assert(
    fc.property(size, size, size, (n, k, m) => {
      const a = randomMatrix(n, k);
      const b = randomMatrix(k, m, 2);
      const expected = productByDefinition(a, b);
      expectClose(multiply(a, b).data, expected, { atol: 1e-13 });
      expectClose(multiplyTransposed(a, transpose(b)).data, expected, { atol: 1e-13 });
    }),
  );
});

test('long rows are summed in pieces without loss', () => {
  const a = randomMatrix(4, 1300);
  const b = randomMatrix(1300, 5);
  expectClose(multiply(a, b).data, productByDefinition(a, b), { rtol: 0, atol: 1e-11 });
});

test('the identity changes nothing', () => {
  const a = randomMatrix(7, 5);
  expect(multiply(identity(7), a)).toEqual(a);
});

test('transposing twice gives the matrix back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 80 }), fc.integer({ min: 0, max: 80 }), (n, m) => {
      const a = randomMatrix(n, m);
      expect(transpose(transpose(a))).toEqual(a);
    }),
    { numRuns: 20 },
  );
});

test('sizes that do not fit are named', () => {
  expect(() => multiply(matrix(2, 3), matrix(4, 5))).toThrow('cannot multiply 2×3 by 4×5');
  expect(() => multiplyTransposed(matrix(2, 3), matrix(5, 4))).toThrow(
    'cannot multiply 2×3 by the transpose of 5×4',
  );
});

test('a Gram sum is the sum of the products of the features with their transpose', () => {
  fc.assert(
    fc.property(size, size, (n, f) => {
      const first = randomMatrix(n, f);
      const second = randomMatrix(n, f, 2);
      const c = matrix(n, n);
      addGram(c, first.data);
      addGram(c, second.data);
      mirrorLower(c);
      const expected = productByDefinition(first, transpose(first));
      productByDefinition(second, transpose(second)).forEach((x, i) => (expected[i] += x));
      expectClose(c.data, expected, { atol: 1e-13 });
    }),
  );
});

test('a Gram sum of float32 features is accumulated in float64', () => {
  const c = matrix(1, 1);
  addGram(c, new Float32Array([1, 1e-5]));
  expect(c.data[0]).toBe(1 + Math.fround(1e-5) ** 2);
});

test('a Gram sum refuses features that do not fit', () => {
  expect(() => addGram(matrix(2, 3), new Float64Array(4))).toThrow('must be square, not 2×3');
  expect(() => addGram(matrix(3, 3), new Float64Array(4))).toThrow(
    '4 features cannot be shared out',
  );
});

test('products larger than a block agree with the definition', () => {
  const a = randomMatrix(133, 300);
  const b = randomMatrix(300, 1030);
  const expected = productByDefinition(a, b);
  expectClose(multiply(a, b).data, expected, { rtol: 0, atol: 1e-12 });
  expectClose(multiplyTransposed(a, transpose(b)).data, expected, { rtol: 0, atol: 1e-12 });
});

test('a Gram sum larger than a block is symmetric and complete', () => {
  const n = 300;
  const phi = randomMatrix(n, 7);
  const c = matrix(n, n);
  addGram(c, phi.data);
  mirrorLower(c);
  expectClose(c.data, multiplyTransposed(phi, phi).data, { rtol: 0, atol: 1e-14 });
});

test('a product into a part of an array leaves the rest alone', () => {
  const frame = new Float64Array(12 * 15).fill(7);
  const a = randomMatrix(5, 4);
  const b = randomMatrix(4, 6, 2);
  const part = view(frame, 5, 6, 15, 2 * 15 + 3);
  addProduct(part, view(a.data, 5, 4), view(b.data, 4, 6), { scale: -2 });
  const expected = new Float64Array(12 * 15).fill(7);
  productByDefinition(a, b).forEach((x, at) => {
    expected[(2 + Math.floor(at / 6)) * 15 + 3 + (at % 6)] -= 2 * x;
  });
  expectClose(frame, expected, { atol: 1e-14 });
});

test('a packed triangle is the lower one, row by row, and comes back', () => {
  const a = fromRows([
    [1, 9, 9],
    [2, 3, 9],
    [4, 5, 6],
  ]);
  const packed = packLower(a);
  expect([...packed]).toEqual([1, 2, 3, 4, 5, 6]);
  const b = matrix(3, 3);
  unpackLower(packed, b);
  expect([...b.data]).toEqual([1, 0, 0, 2, 3, 0, 4, 5, 6]);
  expect(() => unpackLower(packed.subarray(1), b)).toThrow('5 numbers');
});
