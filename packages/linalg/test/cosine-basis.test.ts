import * as fc from 'fast-check';
import { expectClose } from '@nads/testing';
import {
  cosineBasis,
  dct2,
  fourierBasis,
  fourierEnergy,
  identity,
  inverseDct2,
  multiplyTransposed,
  row,
  type Matrix,
} from '../src/index.js';
import { randomMatrix } from './random-matrix.js';

const size = fc.integer({ min: 1, max: 40 });
const sumOfSquares = (x: Float64Array) => x.reduce((sum, value) => sum + value * value, 0);

function expectOrthonormalRows(a: Matrix): void {
  expectClose(multiplyTransposed(a, a).data, identity(a.rows).data, { atol: 2e-14 });
}

test('the cosine vectors of length 2 and 3 as worked out by hand', () => {
  const h = Math.SQRT1_2;
  expectClose(cosineBasis(2).data, [h, h, h, -h], { rtol: 1e-15 });
  const [c, t, s] = [Math.sqrt(1 / 3), Math.sqrt(1 / 6), Math.sqrt(2 / 3)];
  expectClose(cosineBasis(3).data, [c, c, c, h, 0, -h, t, -s, t], { atol: 1e-15 });
});

test('the Fourier vectors of length 4 as worked out by hand', () => {
  const h = 0.5;
  const expected = [h, h, h, h, -h, h, h, -h, -h, -h, h, h, h, -h, h, -h];
  expectClose(fourierBasis(4).data, expected, { rtol: 1e-15 });
});

test('cosine and Fourier vectors are orthonormal at every length', () => {
  fc.assert(
    fc.property(size, n => {
      expectOrthonormalRows(cosineBasis(n));
      expectOrthonormalRows(fourierBasis(n));
    }),
  );
  expectOrthonormalRows(cosineBasis(300));
  expectOrthonormalRows(fourierBasis(301));
});

test('every Fourier vector is even or odd under reversal, cosines before sines', () => {
  fc.assert(
    fc.property(size, n => {
      const basis = fourierBasis(n);
      for (let k = 0; k < n; k++) {
        const isEven = k === 0 || (k % 2 === 1 && k < n - 1);
        const wave = row(basis, k);
        expectClose(
          wave.toReversed(),
          wave.map(x => (isEven ? x : -x)),
          { atol: 1e-15 },
        );
      }
    }),
  );
});

test('a Fourier vector has all its energy at its own frequency', () => {
  for (const n of [7, 8])
    for (let k = 0; k < n; k++) {
      const energy = fourierEnergy(row(fourierBasis(n), k), 1, n);
      const frequency = Math.ceil(k / 2);
      const middle = Math.floor(n / 2);
      const there = energy[middle - frequency] + (energy[middle + frequency] ?? 0);
      expectClose([frequency === 0 ? there / 2 : there], [1], { rtol: 1e-13 });
    }
});

const picture = fc
  .tuple(size, size)
  .map(([height, width]) => ({ height, width, image: randomMatrix(height, width).data }));

test('a constant image has only the first cosine coefficient', () => {
  const coefficients = dct2(new Float32Array(12).fill(2), 3, 4);
  expectClose(coefficients, [2 * Math.sqrt(12), ...Array.from({ length: 11 }, () => 0)], {
    atol: 1e-14,
  });
});

test('the cosine transform of an outer product is the outer product of the transforms', () => {
  const image = Float64Array.from([1, 2, 3].flatMap(x => [5 * x, 7 * x]));
  const h = Math.SQRT1_2;
  const [rows, columns] = [
    [6 / Math.sqrt(3), -2 * h, 0],
    [12 * h, -2 * h],
  ];
  expectClose(
    dct2(image, 3, 2),
    rows.flatMap(r => columns.map(c => r * c)),
    { atol: 1e-14 },
  );
});

test('the cosine transform keeps energy and is undone by its inverse', () => {
  fc.assert(
    fc.property(picture, ({ height, width, image }) => {
      const coefficients = dct2(image, height, width);
      expectClose([sumOfSquares(coefficients)], [sumOfSquares(image)], { rtol: 1e-12 });
      expectClose(inverseDct2(coefficients, height, width), image, { atol: 1e-13 });
    }),
  );
});

/** |DFT|² / (height·width) from its definition, frequency zero first. */
function energyByDefinition(image: Float64Array, height: number, width: number): Float64Array {
  return image.map((_, k) => {
    const [u, v] = [Math.floor(k / width), k % width];
    let real = 0;
    let imaginary = 0;
    image.forEach((x, at) => {
      const turns = (u * Math.floor(at / width)) / height + (v * (at % width)) / width;
      real += x * Math.cos(2 * Math.PI * turns);
      imaginary -= x * Math.sin(2 * Math.PI * turns);
    });
    return (real * real + imaginary * imaginary) / image.length;
  });
}

test('the Fourier energy is that of the definition, with frequency zero moved to the centre', () => {
  for (const [height, width] of [
    [4, 6],
    [5, 3],
    [1, 9],
  ]) {
    const image = randomMatrix(height, width).data;
    const unshifted = energyByDefinition(image, height, width);
    const expected = image.map((_, k) => {
      const u = (Math.floor(k / width) + Math.ceil(height / 2)) % height;
      return unshifted[u * width + (((k % width) + Math.ceil(width / 2)) % width)];
    });
    expectClose(fourierEnergy(image, height, width), expected, { atol: 1e-13 });
  }
});

test('the Fourier energy sums to the energy of the image and is symmetric about the centre', () => {
  fc.assert(
    fc.property(picture, ({ height, width, image }) => {
      const energy = fourierEnergy(image, height, width);
      const total = energy.reduce((sum, x) => sum + x, 0);
      expectClose([total], [sumOfSquares(image)], { rtol: 1e-12 });
      if (height % 2 === 1 && width % 2 === 1)
        expectClose(energy.toReversed(), energy, { atol: 1e-13 });
    }),
  );
});

test('an image of the wrong size is refused', () => {
  const pixels = new Float32Array(5);
  expect(() => dct2(pixels, 2, 3)).toThrow('5 pixels are not an image of 2×3');
  expect(() => inverseDct2(pixels, 2, 3)).toThrow('5 pixels are not an image of 2×3');
  expect(() => fourierEnergy(pixels, 2, 3)).toThrow('5 pixels are not an image of 2×3');
});
