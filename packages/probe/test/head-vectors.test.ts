import { Random } from '@nads/linalg';
import { expectClose } from '@nads/testing';
import { headVectors } from '../src/estimator/accumulate/head-vectors.js';

/** Two directions, three features. */
const phi = Float32Array.of(1, 2, 3, -1, 0, 4);

/** scale · V Vᵀ. */
function covariance({ vectors, scale }: ReturnType<typeof headVectors>): number[] {
  const columns = vectors.length / 2;
  const [a, b] = [vectors.slice(0, columns), vectors.slice(columns)];
  const dot = (x: Float32Array, y: Float32Array): number =>
    x.reduce((sum, value, i) => sum + value * y[i], 0);
  return [dot(a, a), dot(a, b), dot(b, b)].map(x => x * scale);
}

test('a marginalised head is the expectation over drawn heads', () => {
  const [mean, deviation] = [0.5, 2];
  const random = new Random(1);
  const sums = [0, 0, 0];
  const draws = 200_000;
  for (let n = 0; n < draws; n++) {
    const w = Array.from({ length: 3 }, () => mean + deviation * random.normal());
    const [p, q] = [0, 3].map(row => w.reduce((sum, x, k) => sum + x * phi[row + k], 0));
    [p * p, p * q, q * q].forEach((x, i) => (sums[i] += x / draws));
  }
  const exact = covariance(
    headVectors(phi, 3, { kind: 'marginalised', mean, variance: deviation ** 2 }),
  );
  expectClose(exact, [14 * 4 + 0.25 * 36, 11 * 4 + 0.25 * 18, 17 * 4 + 0.25 * 9], { rtol: 1e-6 });
  expectClose(sums, exact, { rtol: 0.02 });
});

test('a sampled head is the first output', () => {
  expectClose(covariance(headVectors(phi, 3, { kind: 'sampled' })), [1, -1, 1]);
});

test('outputs are averaged over', () => {
  expectClose(covariance(headVectors(phi, 3, { kind: 'outputs' })), [14 / 3, 11 / 3, 17 / 3]);
});
