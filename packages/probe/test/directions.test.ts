import { direction, parseBasis, type Basis } from '@nads/basis';
import { matrix, plainProduct, Random, row, type Matrix } from '@nads/linalg';
import { expectClose } from '@nads/testing';
import { averageSums } from '../src/estimator/accumulate/average-sums.js';
import { symmetryBlocks, type SymmetryBlock } from '../src/estimator/accumulate/symmetry-blocks.js';
import type { Tally } from '../src/estimator/accumulate/tally.js';
import { blockEigen } from '../src/estimator/directions/block-eigen.js';
import { directions } from '../src/estimator/directions/directions.js';
import { effectiveDraws } from '../src/estimator/directions/effective-draws.js';
import { groupCovariances } from '../src/estimator/directions/group-covariances.js';
import { NoResponse } from '../src/estimator/directions/no-response.js';
import { noiseFloor } from '../src/estimator/directions/noise-floor.js';
import { stability } from '../src/estimator/directions/stability.js';
import { standardErrors } from '../src/estimator/directions/standard-errors.js';
import { toPixels } from '../src/estimator/directions/to-pixels.js';

// Tallies whose directions, errors and noise floor are worked out by hand.

const none = { flipRows: false, flipColumns: false, transposition: false };
const trivial = (n: number): SymmetryBlock[] => symmetryBlocks(n, undefined, none);

const pixelsOfRows = (rows: Matrix, basis: Basis): Float32Array =>
  toPixels(rows.rows, (i, out) => out.set(row(rows, i)), basis);

/** A symmetric matrix by its lower triangle, row after row; what is above must not matter. */
function lower(...values: number[]): Matrix {
  const n = Math.round((Math.sqrt(8 * values.length + 1) - 1) / 2);
  const c = matrix(n, n);
  let at = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) c.data[i * n + j] = j <= i ? values[at++] : 999;
  return c;
}

/** Sums over 6 networks in 4 groups, which hold 2, 2, 1 and 1 of them. */
const tally: Tally = {
  networks: 6,
  groups: [[lower(8, 0, 2)], [lower(4, 0, 2)], [lower(6, 0, 3)], [lower(6, 0, 2)]],
};

describe('directions', () => {
  test('are the eigenvectors of the mean over all networks, largest eigenvalue first', async () => {
    const image = { channels: 1, height: 1, width: 2 };
    const [a, b] = [Math.cos(0.3), Math.sin(0.3)];
    // 5 u uᵀ + 2 v vᵀ with u = (b, a), v = (−a, b), summed over 6 networks
    const entries = [5 * b * b + 2 * a * a, 5 * a * b - 2 * a * b, 5 * a * a + 2 * b * b];
    const groups = [1, 2, 1, 2].map(n => [lower(...entries.map(x => n * x))]);
    const { nads, eigenvalues, types } = await directions(
      { networks: 6, groups },
      parseBasis('pixels', image),
      trivial(2),
      2,
    );
    expectClose(eigenvalues, [5, 2], { rtol: 1e-12 });
    expectClose(nads, [b, a, a, -b], { rtol: 1e-6 });
    expect(types).toEqual(['all', 'all']);
  });

  test('are no more than are wanted, or than the basis has', async () => {
    const basis = parseBasis('pixels', { channels: 1, height: 1, width: 2 });
    const [one, all] = [
      await directions(tally, basis, trivial(2), 1),
      await directions(tally, basis, trivial(2), 9),
    ];
    expect([one.eigenvalues.length, one.nads.length, one.types.length]).toEqual([1, 2, 1]);
    expect([all.eigenvalues.length, all.nads.length]).toEqual([2, 4]);
    expectClose(all.eigenvalues, [4, 1.5], { rtol: 1e-12 });
  });

  test('along another basis are images', async () => {
    const basis = parseBasis('dct:2', { channels: 1, height: 3, width: 3 });
    const c = lower(1, 0, 9, 0, 0, 4, 0, 0, 0, 2);
    const { nads } = await directions({ networks: 1, groups: [[c]] }, basis, trivial(4), 3);
    for (const [i, j] of [1, 2, 3].entries()) {
      const expected = direction(basis, j);
      const nad = nads.subarray(9 * i, 9 * i + 9);
      const sign = Math.sign(nad[0] * expected[0]);
      expectClose(
        nad,
        expected.map(x => sign * x),
        { rtol: 1e-6, atol: 1e-7 },
      );
    }
  });

  test('need a network', async () => {
    const basis = parseBasis('pixels', { channels: 1, height: 1, width: 2 });
    await expect(directions({ networks: 0, groups: [] }, basis, trivial(2), 2)).rejects.toThrow(
      'no network was probed',
    );
  });

  test('of symmetry types come with their types, both of a pair side by side', async () => {
    const image = { channels: 1, height: 2, width: 2 };
    const basis = parseBasis('pixels', image);
    const square = { flipRows: true, flipColumns: true, transposition: true };
    const blocks = symmetryBlocks(4, basis.relabellings, square);
    const level: Record<string, number> = { '+++': 1, '--+': 7, '-+ and +-': 3 };
    const sums = blocks.map(({ name }) => lower(level[name]));
    const found = await directions({ networks: 1, groups: [sums] }, basis, blocks, 4);
    expectClose(found.eigenvalues, [7, 3, 3, 1], { rtol: 1e-12 });
    expect(found.types).toEqual(['--+', '-+ and +-', '-+ and +-', '+++']);
    expectClose(found.nads.subarray(0, 4), [0.5, -0.5, -0.5, 0.5], { rtol: 1e-6 });
    expectClose(found.nads.subarray(12), [0.5, 0.5, 0.5, 0.5], { rtol: 1e-6 });
    const pair = [found.nads.subarray(4, 8), found.nads.subarray(8, 12)];
    // odd under one flip and even under the other
    expectClose(pair[0], [0.5, 0.5, -0.5, -0.5], { rtol: 1e-6 });
    expectClose(pair[1], [0.5, -0.5, 0.5, -0.5], { rtol: 1e-6 });
  });

  test('in pixels have their largest entry positive', () => {
    const basis = parseBasis('pixels', { channels: 1, height: 1, width: 3 });
    const rows = matrix(2, 3, Float64Array.of(0.1, -0.9, 0.4, -0.2, 0.5, 0.3));
    expectClose(pixelsOfRows(rows, basis), [-0.1, 0.9, -0.4, -0.2, 0.5, 0.3], { rtol: 1e-6 });
  });

  test('are sums of the basis, however many there are', () => {
    const basis = parseBasis('dct:3', { channels: 1, height: 4, width: 5 });
    const rows = matrix(150, 9);
    new Random(4).fillNormal(rows.data, 0, 1);
    const images = pixelsOfRows(rows, basis);
    for (let i = 0; i < 150; i++) {
      const sum = new Float64Array(20);
      for (let j = 0; j < 9; j++)
        direction(basis, j).forEach((x, at) => (sum[at] += rows.data[9 * i + j] * x));
      const image = images.subarray(20 * i, 20 * (i + 1));
      const sign = Math.sign(sum[image.indexOf(Math.max(...image))]);
      expect(Math.max(...image)).toBe(Math.max(...image.map(Math.abs)));
      expectClose(
        image,
        sum.map(x => sign * x),
        { atol: 1e-6 },
      );
    }
  });
});

test('leading eigenvectors of a large block agree with those of its complete decomposition', async () => {
  const n = 320;
  const random = new Random(1);
  const values = Float64Array.from({ length: n }, (_, i) => (i < 8 ? 20 - 2 * i : random.next()));
  const c = matrix(n, n);
  for (let i = 0; i < n; i++) c.data[((i * 7) % n) * (n + 1)] = values[i];
  const { pairs, vectors } = await blockEigen([c], trivial(n), 5, plainProduct);
  expectClose(
    pairs.map(({ value }) => value),
    [20, 18, 16, 14, 12],
    { rtol: 1e-9 },
  );
  pairs.forEach(({ row }, k) =>
    expect(Math.abs(vectors[0].data[row * n + 7 * k])).toBeCloseTo(1, 6),
  );
});

describe('standard errors', () => {
  test('are those of the mean over groups, weighted by their networks', async () => {
    // group means 4, 2, 6, 6 and 1, 1, 3, 2; means 4 and 1.5; √(Σ (n/6)² (x − x̄)² · 4/3)
    const eigen = await blockEigen(averageSums(tally.groups, 6), trivial(2), 2);
    const expected = [
      Math.sqrt(((0 + 4 * 4 + 4 + 4) / 36) * (4 / 3)),
      Math.sqrt(((4 * 0.25 + 4 * 0.25 + 2.25 + 0.25) / 36) * (4 / 3)),
    ];
    expectClose(await standardErrors(groupCovariances(tally), eigen), expected, { rtol: 1e-12 });
    expectClose(await standardErrors(groupCovariances(tally), eigen, plainProduct), expected, {
      rtol: 1e-12,
    });
  });

  test('are of uᵀ C u at the eigenvectors u of all, not of what stands on diagonals', async () => {
    // C is 2 on the diagonal and 1 beside it: u = (1, 1)/√2 with 3, (1, −1)/√2 with 1
    const groups = [[lower(2, 1.5, 2)], [lower(2, 0.5, 2)]];
    const eigen = await blockEigen(averageSums(groups, 2), trivial(2), 2);
    const errors = await standardErrors(groupCovariances({ networks: 2, groups }), eigen);
    // group values 3.5 and 2.5, then 0.5 and 1.5: √((0.25 + 0.25)/4 · 2)
    expectClose(errors, [0.5, 0.5], { rtol: 1e-12 });
  });

  test('leave out groups without networks', async () => {
    const groups = [...tally.groups.slice(0, 2), [lower(0, 0, 0)], [lower(0, 0, 0)]];
    const two = { networks: 2, groups };
    const eigen = await blockEigen(averageSums(groups, 2), trivial(2), 1);
    // one network each, 8 and 4: √((4 + 4)/4 · 2)
    expectClose(await standardErrors(groupCovariances(two), eigen), [2], { rtol: 1e-12 });
  });
});

describe('the noise floor', () => {
  test('takes as many draws as would leave C as uncertain: ((tr C)² + tr C²)/Var', () => {
    const groups = [[lower(2, 1.5, 2)], [lower(2, 0.5, 4)]];
    const covariance = averageSums(groups, 2);
    // C = [2 1; 1 3]; ‖C_g − C‖² = 2·0.25 + 1 in each group; Var = (1.5/4 + 1.5/4)·2
    const expected = (5 ** 2 + 4 + 9 + 2) / 1.5;
    expectClose(effectiveDraws(groupCovariances({ networks: 2, groups }), covariance), [expected], {
      rtol: 1e-12,
    });
  });

  test('weighs groups by their networks', () => {
    const covariance = averageSums(tally.groups, 6);
    // entry by entry as for the standard errors, without the root
    const variance = (((0 + 16 + 4 + 4) / 36) * 4 + ((1 + 1 + 2.25 + 0.25) / 36) * 4) / 3;
    const expected = (5.5 ** 2 + 16 + 2.25) / variance;
    expectClose(effectiveDraws(groupCovariances(tally), covariance), [expected], { rtol: 1e-12 });
  });

  /** Two symmetry types: one direction, and two that appear twice. */
  const blocks = [
    { name: 'one', size: 1, parts: [{}] },
    { name: 'pairs', size: 2, parts: [{}, {}] },
  ] as unknown as SymmetryBlock[];
  const groups = [
    [lower(6), lower(4, 0, 1)],
    [lower(8), lower(2, 0, 3)],
  ];

  test('is the widest Marchenko–Pastur law of all symmetry types around the mean eigenvalue', () => {
    const covariance = averageSums(groups, 2);
    // 7; 3 and 2, twice each
    const mean = (7 + 2 * (3 + 2)) / 5;
    // one: (49 + 49)/(2·(1 + 1)/4); pairs: (25 + 9 + 4)/(2·(2 + 2)/4)
    const draws = [98, 19];
    expectClose(effectiveDraws(groupCovariances({ networks: 2, groups }), covariance), draws, {
      rtol: 1e-12,
    });
    const ratio = Math.sqrt(Math.max(1 / 98, 2 / 19));
    const floor = noiseFloor(
      groupCovariances({ networks: 2, groups }),
      covariance,
      blocks,
      [7, 3, 3, 2, 2],
    )!;
    expectClose([floor.lower, floor.upper], [mean * (1 - ratio) ** 2, mean * (1 + ratio) ** 2], {
      rtol: 1e-12,
    });
    expect(floor.index).toBe(1);
  });

  test('counts eigenvalues down to the first that is not above its upper edge', () => {
    const covariance = averageSums(groups, 2);
    const of = (...eigenvalues: number[]) =>
      noiseFloor(groupCovariances({ networks: 2, groups }), covariance, blocks, eigenvalues)!;
    const { upper } = of(1);
    expect(of(upper * 1.01, upper * 1.001, upper * 0.999).index).toBe(2);
    expect(of(upper, upper).index).toBe(0);
    expect(of(upper * 2, upper * 2).index).toBe(2);
  });

  test('reaches down to 0 where there are fewer draws than directions', () => {
    // one of three groups has all: as uncertain as 2 draws, in 3 directions
    const zero = lower(0, 0, 0, 0, 0, 0);
    const groups = [[lower(30, 0, 0, 0, 0, 0)], [zero], [zero]];
    const covariance = averageSums(groups, 3);
    expectClose(effectiveDraws(groupCovariances({ networks: 3, groups }), covariance), [2], {
      rtol: 1e-12,
    });
    const floor = noiseFloor(
      groupCovariances({ networks: 3, groups }),
      covariance,
      trivial(3),
      [10, 0, 0],
    )!;
    expect(floor.lower).toBe(0);
  });
});

describe('stability', () => {
  /** Eigenvalues 9, 4, 1, with two of the three eigenvectors turned by an angle in their plane. */
  function turned(angle: number, first: number, second: number): Matrix {
    const vectors = [0, 1, 2].map(i => [0, 1, 2].map(j => Number(i === j)));
    vectors[first][first] = vectors[second][second] = Math.cos(angle);
    vectors[first][second] = Math.sin(angle);
    vectors[second][first] = -Math.sin(angle);
    const entry = (i: number, j: number): number =>
      [9, 4, 1].reduce((sum, value, k) => sum + value * vectors[k][i] * vectors[k][j], 0);
    return lower(entry(0, 0), entry(1, 0), entry(1, 1), entry(2, 0), entry(2, 1), entry(2, 2));
  }

  const straight = [turned(0, 0, 1)];

  test('is the overlap between the even and the odd groups', async () => {
    const odd = [turned(0.4, 1, 2)];
    const groups = [straight, odd, straight, odd];
    const found = await stability({ networks: 4, groups }, trivial(3), 3, [1, 2, 3]);
    expect(found.map(({ top }) => top)).toEqual([1, 2, 3]);
    const overlaps = found.map(({ halfSplitOverlap }) => halfSplitOverlap);
    expectClose(overlaps, [1, (1 + Math.cos(0.4) ** 2) / 2, 1], { rtol: 1e-12 });
  });

  test('predicts the overlap with the truth: q of a half from q², odds halved, beyond chance', async () => {
    const odd = [turned(0.4, 0, 1)];
    const groups = [straight, odd, straight, odd];
    const [found] = await stability({ networks: 4, groups }, trivial(3), 3, [1], plainProduct);
    const half = Math.cos(0.4) ** 2;
    const q = Math.sqrt((half - 1 / 3) / (2 / 3));
    const odds = (1 - q) / q / 2;
    expectClose([found.halfSplitOverlap], [half], { rtol: 1e-12 });
    expectClose([found.predictedOverlap], [1 / 3 + 2 / 3 / (1 + odds)], { rtol: 1e-12 });
  });

  test('is known from four networks on, of subspaces that the directions have', async () => {
    const groups = [straight, straight, straight, straight];
    expect(await stability({ networks: 3, groups }, trivial(3), 3, [1])).toEqual([]);
    const found = await stability({ networks: 4, groups }, trivial(3), 3, [3, 4]);
    expect(found.map(({ top }) => top)).toEqual([3]);
  });
});

describe('networks that do not respond', () => {
  const image = { channels: 1, height: 1, width: 3 };
  /** Four networks in four groups, each of which adds 1 along the first direction, or nothing. */
  const along = (power: number): Tally => ({
    networks: 4,
    groups: Array.from({ length: 4 }, () => [lower(power, 0, 0, 0, 0, 0)]),
  });

  test('have no directions', async () => {
    await expect(directions(along(0), parseBasis('pixels', image), trivial(3), 3)).rejects.toThrow(
      NoResponse,
    );
  });

  test('agree in none: zero eigenvalues do not count', async () => {
    const overlaps = async (power: number) =>
      (await stability(along(power), trivial(3), 3, [1, 3])).map(s => s.halfSplitOverlap);
    expectClose(await overlaps(1), [1, 1 / 3], { rtol: 1e-12 });
    expect(await overlaps(0)).toEqual([0, 0]);
  });
});
