import { identity, matrix, orthonormalise, Random, type Matrix } from '@nads/linalg';
import { expectClose } from '@nads/testing';
import { coefficientsOf, perturbation, subspaceMargins } from '../src/margins/index.js';
import { analyticRunner, linear, quadratic } from './analytic-runner.js';

const axes = (...which: number[]): Matrix => {
  const rows = matrix(which.length, 4);
  which.forEach((axis, i) => (rows.data[i * 4 + axis] = 1));
  return rows;
};

// linear: f₀ − f₁ = (0.5, −2, 3, −4)·x
const difference = [0.5, -2, 3, -4];

test('in a linear model a margin is |f₀ − f₁| over the norm of the projected difference of weights', async () => {
  const x = Float32Array.of(1, 1, 2, 0.5);
  const gap = 0.5 - 2 + 6 - 2;
  const subspaces = [identity(4), axes(0), axes(1, 2), axes(0, 3)];
  const found = await subspaceMargins(analyticRunner(linear), x, subspaces);
  const squares = [0.25, 4, 9, 16];
  const sizes = [29.25, squares[0], squares[1] + squares[2], squares[0] + squares[3]];
  expectClose(
    found.map(({ norm }) => norm),
    sizes.map(size => (1.02 * gap) / Math.sqrt(size)),
  );
  // to the other side along the projected weights
  expectClose(
    perturbation(found[2].coefficients, subspaces[2]),
    difference.map((w, i) => ([1, 2].includes(i) ? (-1.02 * gap * w) / 13 : 0)),
  );
  expect(
    found.map(({ image, subspace, label, target, iterations }) => [
      image,
      subspace,
      label,
      target,
      iterations,
    ]),
  ).toEqual([0, 1, 2, 3].map(subspace => [0, subspace, 0, 1, 1]));
});

test('gains are steps at the input of one at the perturbation', async () => {
  const x = Float32Array.of(1, 1, 2, 0.5);
  const [plain, scaled] = await Promise.all(
    [1, 4].map(gain =>
      subspaceMargins(analyticRunner(linear), x, [identity(4)], { gains: [gain] }),
    ),
  );
  expectClose([scaled[0].norm], [plain[0].norm / 4]);
});

test('in a curved model the decision changes, and the perturbation stays in its subspace', async () => {
  const images = new Float32Array(7 * 4);
  new Random('curved').fillNormal(images, 0, 2);
  const drawn = matrix(2, 4);
  new Random('plane').fillNormal(drawn.data, 0, 1);
  const plane = orthonormalise(drawn);
  const ended: number[] = [];
  const found = await subspaceMargins(analyticRunner(quadratic), images, [identity(4), plane], {
    onProgress: ({ done }) => void ended.push(done),
  });
  expect(found).toHaveLength(14);
  expect(ended.at(-1)).toBe(14);
  for (const { image, subspace, label, norm, coefficients } of found) {
    const r = perturbation(coefficients, [identity(4), plane][subspace]);
    const x = images.subarray(image * 4, (image + 1) * 4);
    const decision = (of: ArrayLike<number>): number =>
      quadratic.value(Array.from(of), 1) > quadratic.value(Array.from(of), 0) ? 1 : 0;
    expect(decision(x)).toBe(label);
    if (norm === Infinity) continue;
    expect(decision(x.map((value, i) => value + r[i]))).toBe(1 - label);
    if (subspace === 0) continue;
    const inside = coefficientsOf(Float64Array.from(r), plane);
    expect(Math.hypot(...inside)).toBeCloseTo(norm, 5);
  }
  expect(found.filter(({ norm }) => norm < Infinity).length).toBeGreaterThan(7);
});

test('several images and subspaces give what each gives alone', async () => {
  const images = new Float32Array(3 * 4);
  new Random('several').fillNormal(images, 0, 2);
  const subspaces = [identity(4), axes(0, 3)];
  const together = await subspaceMargins(analyticRunner(quadratic), images, subspaces);
  for (const one of together) {
    const [alone] = await subspaceMargins(
      analyticRunner(quadratic),
      images.subarray(one.image * 4, (one.image + 1) * 4),
      [subspaces[one.subspace]],
    );
    expect(one.coefficients).toEqual(alone.coefficients);
  }
});

test('where no step leads anywhere, the margin is infinite', async () => {
  const flat = {
    outputs: 2,
    value: (x: readonly number[], k: number) => (k === 0 ? 1 : x[0]),
    gradient: (_: readonly number[], k: number) => [k, 0, 0, 0],
  };
  const [found] = await subspaceMargins(analyticRunner(flat), new Float32Array(4), [axes(1, 2)]);
  expect(found).toMatchObject({ norm: Infinity, label: 0, target: 0, iterations: 0 });
  const hopeless = { ...flat, value: (_: readonly number[], k: number) => (k === 0 ? 1 : 0) };
  const [tried] = await subspaceMargins(analyticRunner(hopeless), new Float32Array(4), [axes(0)], {
    iterations: 5,
  });
  expect(tried).toMatchObject({ norm: Infinity, iterations: 5 });
});

test('the nearest hyperplane is the one of smallest gap over slope, not over its square', async () => {
  // at 0: class 1 has gap 1 and slope 1, class 2 gap 3 and slope 2
  const three = {
    outputs: 3,
    value: (x: readonly number[], k: number) => [3, 2 + x[0], 2 * x[0]][k],
    gradient: (_: readonly number[], k: number) => [[0, 1, 2][k], 0, 0, 0],
  };
  const [found] = await subspaceMargins(analyticRunner(three), new Float32Array(4), [axes(0)]);
  expect(found.target).toBe(1);
  expect(found.norm).toBeCloseTo(1.02, 6);
});

test('rows of one channel are taken in every channel', () => {
  const rows = axes(1, 2);
  const x = Float64Array.of(9, 1, 2, 9, 9, 3, 4, 9);
  const coefficients = coefficientsOf(x, rows);
  expectClose(coefficients, [1, 2, 3, 4]);
  expectClose(perturbation(coefficients, rows), [0, 1, 2, 0, 0, 3, 4, 0]);
});

test('only as many classes are tried as asked', async () => {
  // class 2 is nearest in the space, class 1 has the second largest output
  const three = {
    outputs: 3,
    value: (x: readonly number[], k: number) => [1, 0.9 + 0.01 * x[0], 10 * x[0]][k],
    gradient: (_: readonly number[], k: number) => [[0, 0.01, 10][k], 0, 0, 0],
  };
  const search = async (classes: number) => {
    const [found] = await subspaceMargins(analyticRunner(three), new Float32Array(4), [axes(0)], {
      classes,
    });
    return found;
  };
  expect((await search(3)).norm).toBeCloseTo(0.102, 5);
  expect((await search(2)).iterations).toBe(1);
});

test('one output decides nothing', async () => {
  const single = { ...linear, outputs: 1 };
  await expect(
    subspaceMargins(analyticRunner(single), new Float32Array(4), [identity(4)]),
  ).rejects.toThrow('at least two outputs are needed');
});
