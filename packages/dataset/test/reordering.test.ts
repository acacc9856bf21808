import { matrix, orthonormalise, Random, row, type Matrix } from '@nads/linalg';
import { expectClose } from '@nads/testing';
import {
  dropped,
  droppedFirst,
  inverse,
  keptFirst,
  reorderCoefficients,
  reversed,
  shuffled,
  swapped,
} from '../src/reordering.js';
import { coefficient } from '../src/poison.js';

const [pixels, k, count] = [20, 17, 6];
const random = new Random('reordering');

function basis(): Matrix {
  const rows = matrix(k, pixels);
  random.fillNormal(rows.data, 0, 1);
  return orthonormalise(rows);
}

const rows = basis();
const images = new Float32Array(count * pixels);
random.fillNormal(images, 0, 1);

const coefficients = (values: Float32Array) =>
  Array.from({ length: count }, (_, i) =>
    Array.from({ length: k }, (_, j) =>
      coefficient(values.subarray(i * pixels, (i + 1) * pixels), row(rows, j)),
    ),
  );
const before = coefficients(images);

test.each([
  ['reversed', reversed(k), (c: number[]) => c.toReversed()],
  ['swapped', swapped(k, 2, 9), (c: number[]) => c.with(2, c[9]).with(9, c[2])],
  ['kept', keptFirst(k, 5), (c: number[]) => c.map((x, j) => (j < 5 ? x : 0))],
  ['without', dropped(k, [0, 3]), (c: number[]) => c.map((x, j) => ([0, 3].includes(j) ? 0 : x))],
  ['dropped', droppedFirst(k, 5), (c: number[]) => c.map((x, j) => (j < 5 ? 0 : x))],
] as const)('%s: the coefficients are those', async (_, order, change) => {
  const after = coefficients(await reorderCoefficients(images, rows, order));
  expectClose(after.flat(), before.flatMap(change), { atol: 1e-6 });
});

test('what is orthogonal to all directions stays, except in a projection', async () => {
  const rest = (values: Float32Array) => {
    const left = Float64Array.from(values);
    coefficients(values).forEach((list, i) =>
      list.forEach((c, j) =>
        row(rows, j).forEach((u, p) => {
          left[i * pixels + p] -= c * u;
        }),
      ),
    );
    return left;
  };
  expectClose(rest(await reorderCoefficients(images, rows, reversed(k))), rest(images), {
    atol: 1e-6,
  });
  const projected = await reorderCoefficients(images, rows, keptFirst(k, 5));
  expectClose(rest(projected), new Float64Array(images.length), { atol: 1e-6 });
});

test.each([
  ['reversed', reversed(k)],
  ['swapped', swapped(k, 0, 16)],
  ['shuffled', shuffled(k, new Random(7))],
])('%s: the inverse gives the images back', async (_, order) => {
  const there = await reorderCoefficients(images, rows, order);
  expect(Math.max(...there.map((x, i) => Math.abs(x - images[i])))).toBeGreaterThan(0.1);
  expectClose(await reorderCoefficients(there, rows, inverse(order)), images, { atol: 1e-5 });
});

test('flipping twice is the identity', async () => {
  const flip = (x: Float32Array) => reorderCoefficients(x, rows, reversed(k));
  expectClose(await flip(await flip(images)), images, { atol: 1e-5 });
});

test('projections have no inverse, and what does not fit is named', async () => {
  expect(() => inverse(keptFirst(k, 5))).toThrow('a projection has no inverse');
  expect(() => inverse(droppedFirst(k, 5))).toThrow('a projection has no inverse');
  expect(() => dropped(k, [k])).toThrow(`drop: direction ${k} is out of range, 0 to ${k - 1}`);
  expect(() => swapped(k, 3, 17)).toThrow('direction 17 is out of range, 0 to 16');
  await expect(reorderCoefficients(images, rows, reversed(3))).rejects.toThrow(
    'a reordering of 3 coefficients for 17 directions',
  );
  await expect(reorderCoefficients(images.subarray(1), rows, reversed(k))).rejects.toThrow(
    'not images of 20',
  );
});
