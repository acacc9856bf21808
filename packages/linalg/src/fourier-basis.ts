import { matrix, row, type Matrix } from './matrix.js';

/**
 * The n real orthonormal Fourier vectors as rows, lowest frequency first and the cosine before the sine.
 * With t = i − (n−1)/2 counted from the middle, the rows of frequency f are √(2/n) cos(2πft/n), even under
 * reversal, and √(2/n) sin(2πft/n), odd. Frequency 0 has only the constant √(1/n), and frequency n/2
 * of an even n only the alternating √(1/n) sin(πt).
 */
export function fourierBasis(n: number): Matrix {
  const basis = matrix(n, n);
  for (let k = 0; k < n; k++) {
    const frequency = Math.ceil(k / 2);
    const isPaired = frequency > 0 && 2 * frequency < n;
    fillWave(row(basis, k), frequency, isOdd(k, n) ? Math.sin : Math.cos, isPaired ? 2 : 1);
  }
  return basis;
}

/** Row 2f−1 is the cosine of frequency f and row 2f its sine, but frequency n/2 has no cosine. */
const isOdd = (k: number, n: number) => k > 0 && (k % 2 === 0 || k === n - 1);

function fillWave(
  out: Float64Array,
  frequency: number,
  wave: (angle: number) => number,
  square: number,
): void {
  const n = out.length;
  const size = Math.sqrt(square / n);
  // Whole turns are taken off exactly, as integers, so that high frequencies stay orthogonal.
  for (let i = 0; i < n; i++)
    out[i] = size * wave((Math.PI * ((frequency * (2 * i - n + 1)) % (2 * n))) / n);
}
