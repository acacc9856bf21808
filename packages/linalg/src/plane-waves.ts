import { cosineBasis } from './cosine-basis.js';
import { fourierBasis } from './fourier-basis.js';
import { row, type Matrix } from './matrix.js';

/** An orthonormal basis of images of waves, made one by one. */
export interface PlaneWaves {
  /** height · width. */
  readonly count: number;
  /** The index-th wave, row by row: [height · width]. */
  readonly wave: (index: number) => Float64Array;
}

/**
 * Products of waves along rows and columns, of the cosine transform or real Fourier waves, lowest frequency
 * √(f²/height² + g²/width²) first; of equal ones the one that varies less along columns comes first.
 */
export function planeWaves(kind: 'cosine' | 'fourier', height: number, width: number): PlaneWaves {
  const basis = kind === 'cosine' ? cosineBasis : fourierBasis;
  const [down, along] = [basis(height), height === width ? basis(height) : basis(width)];
  // a cosine of index k has k half periods, Fourier waves come in pairs of whole ones
  const frequency = (k: number, n: number): number =>
    kind === 'cosine' ? k / (2 * n) : Math.ceil(k / 2) / n;
  const square = (at: number): number =>
    frequency(Math.floor(at / width), height) ** 2 + frequency(at % width, width) ** 2;
  const order = Uint32Array.from({ length: height * width }, (_, at) => at);
  const squares = Float64Array.from(order, square);
  const sorted = order.toSorted((a, b) => squares[a] - squares[b] || a - b);
  return {
    count: sorted.length,
    wave: index => outer(down, along, Math.floor(sorted[index] / width), sorted[index] % width),
  };
}

function outer(down: Matrix, along: Matrix, i: number, j: number): Float64Array {
  const width = along.columns;
  const [rows, columns] = [row(down, i), row(along, j)];
  return Float64Array.from(
    { length: rows.length * width },
    (_, at) => rows[Math.floor(at / width)] * columns[at % width],
  );
}
