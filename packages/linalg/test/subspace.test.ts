import * as fc from 'fast-check';
import { expectClose } from '@nads/testing';
import {
  fromRows,
  identity,
  matrix,
  multiply,
  multiplyTransposed,
  orthonormalise,
  overlap,
  principalAngles,
  row,
  transpose,
  type Matrix,
} from '../src/index.js';
import { singularValues } from '../src/singular-values.js';
import { randomMatrix } from './random-matrix.js';

const firstRows = (a: Matrix, k: number) => matrix(k, a.columns, a.data.slice(0, k * a.columns));

function expectOrthonormalRows(a: Matrix): void {
  expectClose(multiplyTransposed(a, a).data, identity(a.rows).data, { atol: 1e-14 });
}

const shapes = fc
  .tuple(fc.integer({ min: 0, max: 80 }), fc.integer({ min: 0, max: 40 }))
  .map(([rows, extra]) => [rows, rows + extra]);

test('two rows are orthonormalised as by hand', () => {
  const basis = orthonormalise(
    fromRows([
      [3, 4],
      [1, 0],
    ]),
  );
  expectClose(basis.data, [0.6, 0.8, 0.8, -0.6], { rtol: 1e-15 });
});

test('orthonormalised rows are orthonormal and span what the first rows spanned', () => {
  fc.assert(
    fc.property(shapes, ([k, n]) => {
      const rows = randomMatrix(k, n);
      const basis = orthonormalise(rows);
      expectOrthonormalRows(basis);
      const coefficients = multiplyTransposed(rows, basis);
      expectClose(multiply(coefficients, basis).data, rows.data, { atol: 1e-12 });
      for (let i = 0; i < k; i++)
        for (let j = i + 1; j < k; j++)
          expect(Math.abs(coefficients.data[i * k + j])).toBeLessThan(1e-12);
    }),
    { numRuns: 30 },
  );
});

test('nearly dependent rows still come out orthonormal', () => {
  const rows = randomMatrix(60, 70);
  for (let i = 1; i < 60; i++)
    for (let k = 0; k < 70; k++) row(rows, i)[k] = row(rows, 0)[k] + 1e-8 * row(rows, i)[k];
  expectOrthonormalRows(orthonormalise(rows));
});

test('rows of very different length are all kept', () => {
  const rows = randomMatrix(3, 5);
  [1e-200, 1, 1e200].forEach((factor, i) => row(rows, i).forEach((x, k, r) => (r[k] = factor * x)));
  expectOrthonormalRows(orthonormalise(rows));
});

test('a dependent row is named', () => {
  const rows = randomMatrix(40, 50);
  row(rows, 37).set(row(rows, 2).map((x, k) => x + 3 * row(rows, 35)[k]));
  expect(() => orthonormalise(rows)).toThrow('row 37 is linearly dependent on earlier rows');
  expect(() => orthonormalise(matrix(1, 3))).toThrow('row 0 is linearly dependent');
  expect(() => orthonormalise(randomMatrix(3, 2))).toThrow('row 2 is linearly dependent');
});

test('a row with NaN is named', () => {
  const rows = randomMatrix(3, 4);
  rows.data[5] = NaN;
  expect(() => orthonormalise(rows)).toThrow('row 1 contains a non-finite number');
});

test('overlap is the mean squared cosine, as worked out by hand', () => {
  const v = fromRows([
    [Math.SQRT1_2, 0, Math.SQRT1_2],
    [0, 1, 0],
  ]);
  expect(overlap(identity(3), v, 1)).toBeCloseTo(0.5, 15);
  expect(overlap(identity(3), v, 2)).toBeCloseTo(0.75, 15);
});

test('a subspace overlaps wholly with itself in any basis, and random ones by k/n', () => {
  const u = orthonormalise(randomMatrix(20, 400, 1));
  const turned = multiply(orthonormalise(randomMatrix(20, 20, 2)), u);
  expect(overlap(u, turned, 20)).toBeCloseTo(1, 12);
  expect(overlap(u, orthonormalise(randomMatrix(20, 400, 3)), 20)).toBeCloseTo(0.05, 1);
});

test('overlap is the mean squared cosine of the principal angles', () => {
  const u = orthonormalise(randomMatrix(7, 12, 1));
  const v = orthonormalise(randomMatrix(9, 12, 2));
  const angles = principalAngles(u, firstRows(v, 7));
  const expected = angles.reduce((sum, angle) => sum + Math.cos(angle) ** 2, 0) / 7;
  expect(overlap(u, v, 7)).toBeCloseTo(expected, 13);
});

test('overlap refuses more rows than there are, and rows of different length', () => {
  expect(() => overlap(identity(3), identity(3), 4)).toThrow('no overlap of 4 rows');
  expect(() => overlap(identity(3), identity(3), 0)).toThrow('no overlap of 0 rows');
  expect(() => overlap(identity(3), identity(4), 1)).toThrow('rows of length 3 and 4');
});

/** Rows whose angles to the first rows of the identity are the given ones. */
function tilted(angles: number[]): Matrix {
  const k = angles.length;
  const v = matrix(k, 2 * k);
  angles.forEach((angle, i) => {
    row(v, i)[i] = Math.cos(angle);
    row(v, i)[k + i] = Math.sin(angle);
  });
  return v;
}

test('angles of every size are recovered, also tiny ones and right ones', () => {
  const angles = [
    0,
    1e-15,
    1e-12,
    1e-8,
    1e-4,
    0.1,
    Math.PI / 4,
    1,
    1.5,
    Math.PI / 2 - 1e-9,
    Math.PI / 2,
  ];
  const k = angles.length;
  const turn = orthonormalise(randomMatrix(2 * k, 2 * k));
  const u = multiply(orthonormalise(randomMatrix(k, k, 2)), firstRows(turn, k));
  const v = multiply(multiply(orthonormalise(randomMatrix(k, k, 3)), tilted(angles)), turn);
  expectClose(principalAngles(u, v), angles, { rtol: 0, atol: 2e-15 });
});

test('tiny angles keep their leading digits', () => {
  const u = firstRows(identity(4), 2);
  expectClose(principalAngles(u, tilted([1e-12, 1e-7])), [1e-12, 1e-7], { rtol: 1e-9 });
});

test('a subspace of another makes no angle with it, and there are as many angles as its dimension', () => {
  const u = orthonormalise(randomMatrix(10, 30));
  expectClose(principalAngles(firstRows(u, 4), u), [0, 0, 0, 0], { atol: 1e-14 });
  expectClose(principalAngles(u, firstRows(u, 4)), [0, 0, 0, 0], { atol: 1e-14 });
});

test('angles between rows of different length are refused', () => {
  expect(() => principalAngles(identity(3), identity(4))).toThrow('rows of length 3 and 4');
});

test('singular values far below the largest are not lost in the rounding of squares', () => {
  const expected = [1e-14, 1e-11, 1e-9, 1e-6, 1e-3, 1, 2];
  const k = expected.length;
  const left = orthonormalise(randomMatrix(k, k, 1));
  const right = orthonormalise(randomMatrix(k, 3 * k, 2));
  const scaled = right.data.map((x, at) => x * expected[Math.floor(at / right.columns)]);
  const a = multiply(left, matrix(k, 3 * k, scaled));
  expectClose(singularValues(a), expected, { rtol: 0, atol: 2e-15 });
  expectClose(singularValues(transpose(a)), expected, { rtol: 0, atol: 2e-15 });
});
