import { fromRows, identity, multiplyTransposed } from '@nads/linalg';
import { expectClose } from '@nads/testing';
import { direction, directionRows, parseBasis } from '../src/index.js';

const square = { channels: 1, height: 4, width: 4 };

test.each(['dct', 'fourier', 'dct:3', 'fourier:3', 'pixels', 'blocks:2', 'random:7', 'random:7:3'])(
  '%s is orthonormal',
  name => {
    const rows = directionRows(parseBasis(name, { channels: 3, height: 4, width: 6 }));
    expectClose(multiplyTransposed(rows, rows).data, identity(rows.rows).data, { atol: 1e-12 });
  },
);

test.each(['dct', 'fourier'])('%s begins with the constant, and ends with the finest', name => {
  const basis = parseBasis(name, square);
  expectClose(direction(basis, 0), new Float64Array(16).fill(0.25));
  const changes = (x: Float64Array) =>
    x.reduce(
      (sum, value, i) =>
        sum + (i % 4 < 3 ? (value - x[i + 1]) ** 2 : 0) + (i < 12 ? (value - x[i + 4]) ** 2 : 0),
      0,
    );
  expect(changes(direction(basis, 1))).toBeLessThan(changes(direction(basis, 15)));
  expect(direction(basis, 1).slice(0, 4)).toEqual(direction(basis, 1).slice(4, 8));
});

test('Fourier waves of one period, cosine and sine, come before those that vary both ways', () => {
  const basis = parseBasis('fourier', square);
  const isConstantAlong = (x: Float64Array, step: number): boolean =>
    x.every(
      (value, i) => (step === 1 ? i % 4 === 3 : i >= 12) || Math.abs(value - x[i + step]) < 1e-9,
    );
  const variesOneWay = (index: number): boolean =>
    [1, 4].filter(step => isConstantAlong(direction(basis, index), step)).length === 1;
  expect([1, 2, 3, 4, 5].map(variesOneWay)).toEqual([true, true, true, true, false]);
});

test.each(['dct', 'fourier'])(
  'the lowest directions of %s are the whole basis cut down, in the same order',
  name => {
    const shape = { channels: 1, height: 8, width: 8 };
    const [whole, low] = [name, `${name}:3`].map(one => directionRows(parseBasis(one, shape)));
    const kept = Array.from({ length: 64 }, (_, j) =>
      whole.data.subarray(j * 64, (j + 1) * 64),
    ).filter(one => fromRows([one]).data.some((_, i) => i === 0) && inSpan(one, low.data));
    expectClose(fromRows(kept).data, low.data, { atol: 1e-12 });
  },
);

function inSpan(one: Float64Array, rows: Float64Array): boolean {
  let energy = 0;
  for (let j = 0; j < rows.length; j += one.length)
    energy += one.reduce((sum, x, i) => sum + x * rows[j + i], 0) ** 2;
  return energy > 0.5;
}

test('order of the 3×3 lowest cosines by hand', () => {
  const { places } = parseBasis('dct:3', { channels: 1, height: 8, width: 8 });
  const order = Array.from({ length: 9 }, (_, j) => places!.placeOf!(j).join(':'));
  expect(order).toEqual(['0:0', '0:1', '1:0', '1:1', '0:2', '2:0', '1:2', '2:1', '2:2']);
});

test('in images that are not square the frequency counts, not the number of periods', () => {
  const { places } = parseBasis('dct', { channels: 1, height: 2, width: 4 });
  const order = Array.from({ length: 8 }, (_, j) => places!.placeOf!(j).join(':'));
  // frequencies: x/4 down the rows, y/8 along the columns
  expect(order).toEqual(['0:0', '0:1', '0:2', '1:0', '1:1', '1:2', '0:3', '1:3']);
});
