import {
  identity,
  matrix,
  multiplyTransposed,
  orthonormalise,
  overlap,
  Random,
  randomOrthonormal,
  symmetricEigen,
  type Matrix,
} from '@nads/linalg';
import { noiseAngles } from '../src/compare/noise-angles.js';
import { overlapError } from '../src/compare/overlap-error.js';
import { symmetryTypes } from '../src/compare/symmetry-types.js';

const [dimension, top, samples] = [12, 3, 400];
const trueEigenvalues = Array.from({ length: dimension }, (_, i) => 0.7 ** i);
const first = (a: Matrix): Matrix => matrix(top, a.columns, a.data.subarray(0, top * a.columns));

interface Estimated {
  readonly rows: Matrix;
  readonly eigenvalues: Float64Array;
  readonly types?: readonly string[];
}

/** Eigenvectors and eigenvalues of the covariance of some samples, largest first. */
function estimated(random: Random): Estimated {
  const draws = matrix(
    dimension,
    samples,
    Float64Array.from({ length: dimension * samples }, (_, at) => {
      return random.normal() * Math.sqrt(trueEigenvalues[Math.floor(at / samples)]);
    }),
  );
  const { values, vectors } = symmetricEigen(multiplyTransposed(draws, draws));
  return { eigenvalues: values, rows: vectors };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, x) => sum + x / values.length, 0);

/** Standard deviation. */
const spread = (values: readonly number[]): number =>
  Math.sqrt(mean(values.map(x => (x - mean(values)) ** 2)));

const truth = identity(dimension);
const known: Readonly<Record<string, Matrix>> = {
  'an unrelated subspace': randomOrthonormal(top, dimension, new Random(4)),
  'the true subspace': first(truth),
};

/** Standard error of the overlap of an estimate with a subspace. */
const errorOf = (
  one: Estimated,
  other: Matrix,
  { predicted, k = top }: { readonly predicted: number; readonly k?: number },
): number =>
  overlapError({ ...one, top: k, angles: noiseAngles({ ...one, top: k, predicted }) }, other);

/** The mean standard error of estimates, as a share of the spread of their overlaps with a subspace. */
function ratioOf(found: readonly Estimated[], other: Matrix, best: Matrix): number {
  const k = other.rows;
  const predicted = mean(found.map(({ rows }) => overlap(rows, best, k)));
  const errors = found.slice(0, 50).map(one => errorOf(one, other, { predicted, k }));
  return mean(errors) / spread(found.map(({ rows }) => overlap(rows, other, k)));
}

test.each(Object.entries(known))(
  'the standard error is the spread of overlaps of independent estimates with %s',
  (_, other) => {
    const random = new Random(1);
    const found = Array.from({ length: 400 }, () => estimated(random));
    const ratio = ratioOf(found, other, truth);
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.25);
  },
);

/** An estimate in which each direction comes twice, in two halves of the pixels, as symmetries make them. */
function doubled(one: Estimated): Estimated {
  const rows = matrix(2 * dimension, 2 * dimension);
  for (let i = 0; i < 2 * dimension; i++)
    for (let j = 0; j < dimension; j++)
      rows.data[i * 2 * dimension + (i % 2) * dimension + j] =
        one.rows.data[Math.floor(i / 2) * dimension + j];
  const eigenvalues = Float64Array.from(
    { length: 2 * dimension },
    (_, i) => one.eigenvalues[Math.floor(i / 2)],
  );
  return { rows, eigenvalues, types: Array.from(eigenvalues, (_, i) => String(i % 2)) };
}

test('noise that symmetries have turns pairs of directions together, and none towards another type', () => {
  const random = new Random(1);
  const found = Array.from({ length: 400 }, () => doubled(estimated(random)));
  const best = doubled({ rows: truth, eigenvalues: Float64Array.from(trueEigenvalues) }).rows;
  const leading = matrix(2 * top, best.columns, best.data.subarray(0, 2 * top * best.columns));
  const ratio = ratioOf(found, leading, best);
  expect(ratio).toBeGreaterThan(0.8);
  expect(ratio).toBeLessThan(1.25);
});

test('there is no error where the subspace is known', () => {
  const other = orthonormalise(first(randomOrthonormal(top, dimension, new Random(2))));
  const known = { rows: truth, eigenvalues: Float64Array.from(trueEigenvalues) };
  expect(errorOf(known, other, { predicted: 1 })).toBeLessThan(1e-6);
});

test('directions of equal eigenvalues on both sides of the edge mix freely, and no error is infinite', () => {
  const eigenvalues = new Float64Array(dimension).fill(1);
  const other = randomOrthonormal(top, dimension, new Random(3));
  const error = errorOf({ rows: truth, eigenvalues }, other, { predicted: 0.5 });
  expect(error).toBeGreaterThan(0);
  expect(error).toBeLessThan(1);
});

test('types of directions are what flips and transposition make of them', () => {
  const of = (values: readonly number[]): string => {
    const length = Math.hypot(...values);
    const row = matrix(
      1,
      4,
      Float64Array.from(values, value => value / length),
    );
    return symmetryTypes(row, { channels: 1, height: 2, width: 2 })[0];
  };
  expect(of([1, 1, 1, 1])).toBe('+++');
  expect(of([1, -1, -1, 1])).toBe('--+');
  expect(of([1, 1, -1, -1])).toBe('-+');
  expect(of([1, -1, 1, -1])).toBe('+-');
  expect(of([3, 1, 1, 2])).toBe('??');
});
