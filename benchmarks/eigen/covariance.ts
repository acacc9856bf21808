import { matrix, multiply, orthonormalise, Random, transpose, type Matrix } from '@nads/linalg';

/** The published LeNet spectrum, as shares of its first eigenvalue, at some of its 1023 places. */
const published: readonly (readonly [place: number, share: number])[] = [
  [0, 1],
  [1, 0.537],
  [3, 0.476],
  [7, 0.384],
  [15, 0.28],
  [31, 0.181],
  [63, 0.102],
  [127, 0.0636],
  [191, 0.0445],
  [255, 0.0329],
  [383, 0.02],
  [511, 0.0126],
  [639, 0.00787],
  [767, 0.0044],
  [895, 0.00206],
  [959, 0.00123],
  [1000, 0.000644],
  [1022, 0.000149],
];

/** The published spectrum stretched to n eigenvalues, by interpolation of logarithms. */
function spectrum(n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    const place = (1022 * i) / (n - 1);
    const next = Math.max(
      1,
      published.findIndex(([at]) => at >= place),
    );
    const [[left, from], [right, to]] = [published[next - 1], published[next]];
    const share = (place - left) / (right - left);
    return from ** (1 - share) * to ** share;
  });
}

/** A dense n×n matrix with the published spectrum: H Λ H, with H a product of 64 reflections. */
export function covariance(n: number): Matrix {
  const reflections = matrix(64, n);
  new Random('covariance').fillNormal(reflections.data, 0, 1);
  const v = orthonormalise(reflections);
  const order = new Random('order').permutation(n);
  const values = spectrum(n).map((_, i, all) => all[order[i]]);
  const vValues = matrix(
    64,
    n,
    v.data.map((x, at) => x * values[at % n]),
  );
  const cross = multiply(transpose(v), vValues);
  const inner = multiply(transpose(v), multiply(multiply(vValues, transpose(v)), v));
  const a = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++)
      a.data[i * n + j] =
        4 * inner.data[i * n + j] - 2 * (cross.data[i * n + j] + cross.data[j * n + i]);
    a.data[i * n + i] += values[i];
  }
  return a;
}
