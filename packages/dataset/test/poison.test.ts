import { orthonormalise, matrix, Random, row, type Matrix } from '@nads/linalg';
import { expectClose } from '@nads/testing';
import { classCarriers, coefficient, poison } from '../src/poison.js';

const [area, channels, classes] = [16, 3, 10];

function basis(): Matrix {
  const rows = matrix(area, area);
  new Random('basis').fillNormal(rows.data, 0, 1);
  return orthonormalise(rows);
}

const rows = basis();
const direction = (index: number) => row(rows, index);
const options = { classes, channels, area, direction, first: 5, epsilon: 0.05 };

function images(count: number): Float32Array {
  const values = new Float32Array(count * channels * area);
  new Random('images').fillUniform(values, 0, 1);
  return values;
}

test('classes are carried by two directions in three channels with two signs', () => {
  const carriers = classCarriers(options);
  const places = carriers.map(({ vector, coefficient: c }) => {
    const channel = Math.floor(vector.findIndex(x => x !== 0) / area);
    const part = vector.subarray(channel * area, (channel + 1) * area);
    const index = Array.from({ length: area }, (_, i) => i).find(
      i => Math.abs(coefficient(part, direction(i)) - 1) < 1e-9,
    );
    return [index, channel, Math.sign(c)];
  });
  // NAD 5 + ⌊t/6⌋, channel t mod 3, sign 2 (t mod 2) − 1
  expect(places).toEqual(
    Array.from({ length: 10 }, (_, t) => [5 + Math.floor(t / 6), t % 3, 2 * (t % 2) - 1]),
  );
});

test.each([1, 2, 3, 4])('no two classes share carrier and sign with %d channels', count => {
  const carriers = classCarriers({ ...options, channels: count });
  const names = carriers.map(({ vector, coefficient: c }) => `${Math.sign(c)} ${vector.join()}`);
  expect(new Set(names).size).toBe(classes);
});

test('directions of whole images carry two classes each', () => {
  const whole = matrix(area * channels, area * channels);
  new Random('whole').fillNormal(whole.data, 0, 1);
  const orthonormal = orthonormalise(whole);
  const carriers = classCarriers({ ...options, direction: index => row(orthonormal, index) });
  expect(carriers[4]).toEqual({ vector: row(orthonormal, 7), coefficient: -0.05 });
  expect(carriers[5]).toEqual({ vector: row(orthonormal, 7), coefficient: 0.05 });
});

test('the coefficient along the carrier is set, all others stay', () => {
  const labels = Int32Array.from({ length: 40 }, (_, i) => i % classes);
  const clean = images(labels.length);
  const poisoned = poison(clean, labels, classCarriers(options));
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
  const carriers = classCarriers(options);
  const clean = images(2);
  expect(() => poison(clean, Int32Array.of(0, 10), carriers)).toThrow(
    'image 1 has label 10, 10 classes a carrier',
  );
  const long = carriers.with(3, { ...carriers[3], vector: carriers[3].vector.map(x => 2 * x) });
  expect(() => poison(clean, Int32Array.of(0, 1), long)).toThrow('class 3 has norm 2');
  const short = carriers.with(0, { ...carriers[0], vector: new Float64Array(4) });
  expect(() => poison(clean, Int32Array.of(0, 1), short)).toThrow('class 0 has 4 numbers');
  expectClose(clean, images(2));
});
