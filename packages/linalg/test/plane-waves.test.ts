import { expectClose } from '@nads/testing';
import { fromRows, identity } from '../src/matrix.js';
import { multiplyTransposed } from '../src/multiply.js';
import { planeWaves } from '../src/plane-waves.js';

test.each(['cosine', 'fourier'] as const)('%s waves are an orthonormal basis', kind => {
  const { count, wave } = planeWaves(kind, 4, 6);
  const rows = fromRows(Array.from({ length: count }, (_, i) => wave(i)));
  expectClose(multiplyTransposed(rows, rows).data, identity(24).data, { atol: 1e-12 });
});

test.each(['cosine', 'fourier'] as const)(
  '%s waves begin with the constant, and end with the finest',
  kind => {
    const { count, wave } = planeWaves(kind, 4, 4);
    expectClose(wave(0), new Float64Array(16).fill(0.25));
    const changes = (x: Float64Array) =>
      x.reduce(
        (sum, value, i) =>
          sum + (i % 4 < 3 ? (value - x[i + 1]) ** 2 : 0) + (i < 12 ? (value - x[i + 4]) ** 2 : 0),
        0,
      );
    expect(changes(wave(1))).toBeLessThan(changes(wave(count - 1)));
    expect(wave(1).slice(0, 4)).toEqual(wave(1).slice(4, 8));
  },
);

test('Fourier waves of one period, cosine and sine, come before those that vary both ways', () => {
  const { wave } = planeWaves('fourier', 4, 4);
  const isConstantAlong = (x: Float64Array, step: number): boolean =>
    x.every(
      (value, i) => (step === 1 ? i % 4 === 3 : i >= 12) || Math.abs(value - x[i + step]) < 1e-9,
    );
  const variesOneWay = (index: number): boolean =>
    [1, 4].filter(step => isConstantAlong(wave(index), step)).length === 1;
  expect([1, 2, 3, 4, 5].map(variesOneWay)).toEqual([true, true, true, true, false]);
});
