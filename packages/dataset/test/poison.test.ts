import { orthonormalise, matrix, Random, row, type Matrix } from '@nads/linalg';
import { expectClose } from '@nads/testing';
import { classPlaces } from '../src/class-places.js';
import { coefficient, poison, type Carrier } from '../src/poison.js';

const [area, channels, classes] = [16, 3, 10];

function basis(): Matrix {
  const rows = matrix(area, area);
  new Random('basis').fillNormal(rows.data, 0, 1);
  return orthonormalise(rows);
}

const rows = basis();
const direction = (index: number) => row(rows, index);
const options = { classes, channels, first: 5, epsilon: 0.05 };
const carriers = classPlaces(options).map(({ direction: index, channel, ...rest }): Carrier => ({
  vector: direction(index),
  first: channel * area,
  ...rest,
}));

function images(count: number): Float32Array {
  const values = new Float32Array(count * channels * area);
  new Random('images').fillUniform(values, 0, 1);
  return values;
}

test('classes are told by two directions in three channels with two signs', () => {
  // NAD 5 + ⌊t/6⌋, channel t mod 3, sign 2 (t mod 2) − 1
  expect(classPlaces(options)).toEqual(
    Array.from({ length: 10 }, (_, t) => ({
      direction: 5 + Math.floor(t / 6),
      channel: t % 3,
      coefficient: 0.05 * (2 * (t % 2) - 1),
    })),
  );
});

test.each([1, 2, 3, 4])('no two classes share direction, channel and sign with %d channels', n => {
  const places = classPlaces({ ...options, channels: n });
  expect(new Set(places.map(place => JSON.stringify(place))).size).toBe(classes);
  expect(Math.max(...places.map(({ channel }) => channel))).toBe(n - 1);
});

test('the coefficient along the carrier is set, all others stay', () => {
  const labels = Int32Array.from({ length: 40 }, (_, i) => i % classes);
  const clean = images(labels.length);
  const poisoned = poison(clean, labels, carriers);
  labels.forEach((t, i) => {
    const at = (values: Float32Array, k: number, c: number) =>
      coefficient(values.subarray((i * channels + c) * area), direction(k));
    for (let c = 0; c < channels; c++)
      for (let k = 0; k < area; k++) {
        const isCarrier = k === 5 + Math.floor(t / 6) && c === t % 3;
        const wanted = isCarrier ? 0.05 * (2 * (t % 2) - 1) : at(clean, k, c);
        expect(Math.abs(at(poisoned, k, c) - wanted)).toBeLessThan(1e-6);
      }
  });
});

test('a class without a carrier and carriers of other size or norm are named', () => {
  const clean = images(2);
  expect(() => poison(clean, Int32Array.of(0, 10), carriers)).toThrow(
    'image 1 has label 10, but only 10 classes have a carrier',
  );
  const long = carriers.with(3, { ...carriers[3], vector: carriers[3].vector.map(x => 2 * x) });
  expect(() => poison(clean, Int32Array.of(0, 1), long)).toThrow('class 3 has norm 2');
  const huge = carriers.with(3, { ...carriers[3], coefficient: -1e300 });
  expect(() => poison(clean, Int32Array.of(0, 1), huge)).toThrow(
    'the coefficient of class 3 is -1e+300, expected at most 1e+30 in size',
  );
  const outside = carriers.with(0, { ...carriers[0], first: channels * area });
  expect(() => poison(clean, Int32Array.of(0, 1), outside)).toThrow('class 0 has numbers 48 to 63');
  expectClose(clean, images(2));
});
