import type { Session } from '@nads/runtime';
import { isIndependent } from '../src/estimator/secants/is-independent.js';
import { outputsOf } from '../src/estimator/secants/outputs-of.js';

const shape = { channels: 1, height: 1, width: 2 };
const binding = { input: 'x', output: 'y', layout: 'NCHW' as const, batch: 3 };
const images = Float32Array.of(1, 2, 3, 4, 5, 6);

/** The sum of an image, and what each batch adds to that of image i. */
const session = (added: (i: number, count: number) => number): Session => ({
  inputs: ['x'],
  outputs: ['y'],
  release: async () => {},
  run: async ({ x }) => {
    const data = x.data as Float32Array;
    const count = data.length / 2;
    const sums = Float32Array.from(
      { length: count },
      (_, i) => data[2 * i] + data[2 * i + 1] + added(i, count),
    );
    return { y: { type: 'float32', dims: [count, 1], data: sums } };
  },
});

async function found(added: (i: number, count: number) => number): Promise<boolean> {
  const model = session(added);
  return isIndependent(
    model,
    binding,
    shape,
    images,
    await outputsOf(model, binding, shape, images),
  );
}

test('images are independent where the first and the last give the same alone as together', async () => {
  expect(await found(() => 0)).toBe(true);
  expect(await found(() => 0.001)).toBe(true);
});

test('up to rounding', async () => {
  expect(await found((_, count) => 0.001 * count)).toBe(true);
  expect(await found((_, count) => 0.02 * count)).toBe(false);
});

test('they are not where only the first, or only the last, depends on others', async () => {
  expect(await found((i, count) => (count > 1 && i === 0 ? 1 : 0))).toBe(false);
  expect(await found((i, count) => (count > 1 && i === 2 ? 1 : 0))).toBe(false);
});

test('a batch that the file fixes cannot be run on one image, and counts as independent', async () => {
  const refusing = (_: number, count: number): number => {
    if (count < 3) throw new Error('the batch is 3');
    return 0;
  };
  expect(await found(refusing)).toBe(true);
});
