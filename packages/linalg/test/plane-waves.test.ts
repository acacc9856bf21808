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
