import { identity, matrix, Random } from '@nads/linalg';
import { expectClose } from '@nads/testing';
import { Decomposition } from '../src/decomposition.js';

test('energy, variance and class separation by hand', async () => {
  // one channel of two numbers along their own axes; classes 0 and 1
  const found = new Decomposition(identity(2));
  await found.add(Float32Array.of(1, 0, 3, 2), 2, Int32Array.of(0, 0));
  await found.add(Float32Array.of(-1, 1, -3, 1), 2, Int32Array.of(1, 1));
  const { images, energy, share, variance, fisher, classes } = found.result();
  expect(images).toBe(4);
  expectClose(energy, [(1 + 9 + 1 + 9) / 4, (0 + 4 + 1 + 1) / 4]);
  expectClose(share, [20 / 26, 6 / 26]);
  // means 0 and 1
  expectClose(variance, [5, 0.5]);
  // class means 2 and −2 with variance 1 within; 1 and 1 with variances 1 and 0
  expectClose(fisher, [4, 0], { atol: 1e-12 });
  expect(classes.map(one => [one.images, [...one.energy]])).toEqual([
    [2, [5, 2]],
    [2, [5, 1]],
  ]);
});

test('channels are summed, and batches make no difference', async () => {
  const rows = identity(4);
  const values = new Float32Array(10 * 3 * 4);
  new Random(1).fillNormal(values, 0, 1);
  const labels = Int32Array.from({ length: 10 }, (_, i) => i % 3);
  const whole = new Decomposition(rows);
  await whole.add(values, 10, labels);
  const parts = new Decomposition(rows);
  for (let i = 0; i < 10; i += 5)
    await parts.add(values.subarray(i * 12, (i + 5) * 12), 5, labels.subarray(i, i + 5));
  for (const name of ['energy', 'variance', 'fisher'] as const)
    expectClose(parts.result()[name], whole.result()[name]);
  const square = values.reduce((sum, x) => sum + x * x, 0) / 10;
  expect(whole.result().energy.reduce((a, b) => a + b, 0)).toBeCloseTo(square, 10);
});

test('without labels there is no separation', async () => {
  const found = new Decomposition(matrix(1, 2, Float64Array.of(0, 1)));
  await found.add(Float32Array.of(1, 2, 3, 4), 2);
  expect(found.result()).toMatchObject({ classes: [], fisher: Float64Array.of(NaN) });
  await expect(found.add(Float32Array.of(1, 2, 3), 1)).rejects.toThrow('images of 3 numbers');
});
