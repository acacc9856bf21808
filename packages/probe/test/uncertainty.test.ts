import { Random } from '@nads/linalg';
import { addCovariance } from '../src/estimator/accumulate/add-covariance.js';
import { averageSums } from '../src/estimator/accumulate/average-sums.js';
import { symmetryBlocks } from '../src/estimator/accumulate/symmetry-blocks.js';
import { emptyTally, type Tally } from '../src/estimator/accumulate/tally.js';
import { blockEigen } from '../src/estimator/directions/block-eigen.js';
import { effectiveDraws } from '../src/estimator/directions/effective-draws.js';
import { groupCovariances } from '../src/estimator/directions/group-covariances.js';
import { noiseFloor } from '../src/estimator/directions/noise-floor.js';
import { predictOverlap } from '../src/estimator/directions/predict-overlap.js';
import { standardErrors } from '../src/estimator/directions/standard-errors.js';

const n = 60;
const blocks = symmetryBlocks(n, undefined, {
  flipRows: false,
  flipColumns: false,
  transposition: false,
});

/** A tally of Gaussian vectors with these standard deviations along the axes. */
async function gaussian(
  networks: number,
  deviations: readonly number[],
  seed: number,
): Promise<Tally> {
  const tally = emptyTally(blocks);
  const random = new Random(seed);
  for (let i = 0; i < networks; i++) {
    const g = Float32Array.from(deviations, s => s * random.normal());
    await addCovariance(tally.groups[i % tally.groups.length], blocks, g, 1);
    tally.networks++;
  }
  return tally;
}

const isotropic = Array.from({ length: n }, () => 1);

test('the effective draws of plain Gaussian vectors are their number', async () => {
  const tally = await gaussian(400, isotropic, 3);
  const [draws] = effectiveDraws(groupCovariances(tally), averageSums(tally.groups, 400));
  expect(draws).toBeGreaterThan(360);
  expect(draws).toBeLessThan(440);
});

test('nothing of an isotropic spectrum is above the noise floor, all within its edges', async () => {
  const tally = await gaussian(400, isotropic, 4);
  const covariance = averageSums(tally.groups, 400);
  const { pairs } = await blockEigen(covariance, blocks, n);
  const floor = noiseFloor(
    groupCovariances(tally),
    covariance,
    blocks,
    pairs.map(({ value }) => value),
  )!;
  expect(floor.index).toBeLessThanOrEqual(1);
  expect(floor.upper / (1 + Math.sqrt(n / 400)) ** 2).toBeCloseTo(1, 1);
  expect(floor.lower).toBeLessThan(pairs.at(-1)!.value * 1.05);
});

test('directions of three times the power stand above the noise floor', async () => {
  const tally = await gaussian(
    400,
    isotropic.map((s, i) => (i < 5 ? 3 * s : s)),
    5,
  );
  const covariance = averageSums(tally.groups, 400);
  const { pairs } = await blockEigen(covariance, blocks, n);
  expect(
    noiseFloor(
      groupCovariances(tally),
      covariance,
      blocks,
      pairs.map(({ value }) => value),
    )!.index,
  ).toBe(5);
});

test('one network alone has no noise floor and no standard errors', async () => {
  const tally = await gaussian(1, isotropic, 6);
  const covariance = averageSums(tally.groups, 1);
  const eigen = await blockEigen(covariance, blocks, 3);
  expect(noiseFloor(groupCovariances(tally), covariance, blocks, [1, 1])).toBeUndefined();
  expect([...(await standardErrors(groupCovariances(tally), eigen))]).toEqual([NaN, NaN, NaN]);
});

test('the standard error of a leading eigenvalue is λ·√(2/n) for Gaussian vectors', async () => {
  const errors: number[] = [];
  for (let seed = 10; seed < 30; seed++) {
    const tally = await gaussian(
      320,
      isotropic.map((s, i) => (i === 0 ? 10 * s : s)),
      seed,
    );
    const eigen = await blockEigen(averageSums(tally.groups, 320), blocks, 1);
    errors.push((await standardErrors(groupCovariances(tally), eigen))[0]);
  }
  const mean = errors.reduce((a, b) => a + b, 0) / errors.length;
  expect(mean / (100 * Math.sqrt(2 / 320))).toBeCloseTo(1, 0.5);
});

test('the predicted overlap is above that of the halves, certain for certain halves, chance for chance', () => {
  expect(predictOverlap(1, 0.01)).toBeCloseTo(1);
  expect(predictOverlap(0.01, 0.01)).toBeCloseTo(0.01);
  expect(predictOverlap(0.81, 0)).toBeCloseTo(0.9 / 0.95);
  for (const overlap of [0.2, 0.5, 0.9])
    expect(predictOverlap(overlap, 0.01)).toBeGreaterThan(overlap);
});
