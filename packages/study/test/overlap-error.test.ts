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
import { overlapError } from '../src/compare/overlap-error.js';

const [dimension, top, samples] = [12, 3, 400];
const trueEigenvalues = Array.from({ length: dimension }, (_, i) => 0.7 ** i);
const first = (a: Matrix): Matrix => matrix(top, a.columns, a.data.subarray(0, top * a.columns));

/** Eigenvectors and eigenvalues of the covariance of some samples, largest first. */
function estimated(random: Random) {
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

test.each(Object.entries(known))(
  'the standard error is the spread of overlaps of independent estimates with %s',
  (_, other) => {
    const random = new Random(1);
    const found = Array.from({ length: 400 }, () => estimated(random));
    const overlaps = found.map(({ rows }) => overlap(rows, other, top));
    const predicted = mean(found.map(({ rows }) => overlap(rows, truth, top)));
    const errors = found.slice(0, 50).map(one => overlapError({ ...one, top, predicted }, other));
    const ratio = mean(errors) / spread(overlaps);
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.25);
  },
);

test('there is no error where the subspace is known, and an unknown one where its stability is', () => {
  const rows = identity(dimension);
  const other = orthonormalise(first(randomOrthonormal(top, dimension, new Random(2))));
  const subspace = { rows, eigenvalues: trueEigenvalues, top };
  expect(overlapError({ ...subspace, predicted: 1 }, other)).toBeLessThan(1e-6);
  expect(overlapError({ ...subspace, predicted: NaN }, other)).toBeNaN();
});

test('directions of equal eigenvalues on both sides of the edge mix freely, and no error is infinite', () => {
  const rows = identity(dimension);
  const eigenvalues = Array.from({ length: dimension }, () => 1);
  const other = randomOrthonormal(top, dimension, new Random(3));
  const error = overlapError({ rows, eigenvalues, top, predicted: 0.5 }, other);
  expect(error).toBeGreaterThan(0);
  expect(error).toBeLessThan(1);
});
