import { matrix, OptionError } from '@nads/linalg';
import { expectClose } from '@nads/testing';
import {
  direction,
  directionRows,
  fileOfBasis,
  inAllChannels,
  inChannels,
  parseBasis,
} from '../src/index.js';

const shape = { channels: 3, height: 4, width: 4 };

test.each([
  [
    'wavelets',
    "`basis`: unknown basis 'wavelets'; expected pixels, dct[:K], fourier[:K], blocks:K, random:N[:SEED]",
  ],
  ['dct:', "'' is not a positive integer"],
  ['dct:0', "'0' is not a positive integer"],
  ['dct:1.5', "'1.5' is not a positive integer"],
  ['dct:5', 'dct:5 has more waves per side than images of 4×4'],
  ['blocks', 'a number is missing, as in blocks:4'],
  ['blocks:3', 'do not tile images of 4×4'],
  ['random', 'a number is missing, as in random:64'],
  ['random:17', 'more directions than an image of 4×4 has pixels'],
  ['random:4:x', 'is not random:N or random:N:SEED'],
  ['pixels:2', "pixels takes no argument, got '2'"],
  ['constructor', "unknown basis 'constructor'"],
  ['nads:', "'nads:' is missing a file"],
])('%p is refused', (name, message) => {
  expect(() => parseBasis(name, shape)).toThrow(message);
  expect(() => parseBasis(name, shape)).toThrow(OptionError);
});

test.each([
  ['dct', 'dct has 16777216 directions of images of 4096×4096, more than 4194304; give the lowest'],
  ['fourier', 'fourier has 16777216 directions'],
  ['random:17', 'random:17 is more than 268435456 numbers for images of 4096×4096'],
])('%s of large images is refused before memory runs out', (name, message) => {
  const large = { channels: 1, height: 4096, width: 4096 };
  expect(() => parseBasis(name, large)).toThrow(message);
});

test('files are named by nads: or by their ending', () => {
  expect(fileOfBasis('nads:out/lenet')).toBe('out/lenet');
  expect(fileOfBasis('rows.npy')).toBe('rows.npy');
  expect(fileOfBasis('a:b/rows.npz')).toBe('a:b/rows.npz');
  expect(fileOfBasis('dct:4')).toBeUndefined();
  expect(() => parseBasis('rows.npy', shape)).toThrow('have not been read');
});

test('the seed is part of a random basis', () => {
  const [a, b, c] = ['random:3', 'random:3:0', 'random:3:1'].map(name =>
    direction(parseBasis(name, shape), 0),
  );
  expect(a).toEqual(b);
  expect(a).not.toEqual(c);
});

test('rows of a file are made orthonormal in their order, and it says so', () => {
  const rows = matrix(2, 16);
  rows.data[0] = 2;
  rows.data[16] = rows.data[17] = 1;
  const basis = parseBasis('rows.npy', shape, { rows });
  expect(basis.shape.channels).toBe(1);
  expect([...direction(basis, 0)].slice(0, 3)).toEqual([1, 0, 0]);
  expectClose(direction(basis, 1).slice(0, 3), [0, 1, 0], { atol: 1e-15 });
  expect(basis.note).toContain('row 0 has norm 2.000');
  rows.data[0] = 1;
  rows.data[16] = rows.data[17] = Math.SQRT1_2;
  expect(parseBasis('rows.npy', shape, { rows }).note).toContain(
    'row 1 is not orthogonal to earlier rows; orthonormalising turns it by 45.0°',
  );
});

test('rows that depend on each other, or of another length, are refused', () => {
  const rows = matrix(2, 16);
  rows.data[0] = rows.data[16] = 1;
  expect(() => parseBasis('rows.npy', shape, { rows })).toThrow(
    'rows.npy: row 1 is linearly dependent on earlier rows; a basis has independent rows',
  );
  expect(() => parseBasis('rows.npy', shape, { rows: matrix(1, 5) })).toThrow(
    'rows.npy has directions of 5 numbers, images of 3×4×4 have 48, or 16 a channel',
  );
});

test('directions of one channel stand behind those of whole images that repeat them', () => {
  const channelRows = matrix(2, 16);
  channelRows.data[0] = channelRows.data[17] = 1;
  const rows = matrix(6, 48);
  const basis = parseBasis('nads:x', shape, { rows, channelRows, eigenvalues: [9, 9, 9, 4, 4, 4] });
  expect(basis.size).toBe(2);
  expect(Array.from(basis.eigenvalues!)).toEqual([9, 4]);
});

test('in channels a direction stands once in each, channel by channel', () => {
  const plane = parseBasis('dct:2', shape);
  const whole = inChannels(plane, shape);
  expect(whole.size).toBe(12);
  const moved = direction(whole, 5);
  expect([...moved.subarray(16, 32)]).toEqual([...direction(plane, 1)]);
  expect(moved.subarray(0, 16).every(x => x === 0)).toBe(true);
  expect(inChannels(plane, shape, 1).size).toBe(4);
  expect(() => inChannels(plane, { ...shape, height: 5 })).toThrow('the images are 3×5×4');
  const all = inAllChannels(direction(plane, 1), shape);
  expect(all.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(1, 12);
  expect(all[20]).toBe(all[4]);
});

test('directions that are not there are refused', () => {
  const basis = parseBasis('dct:2', shape);
  expect(() => direction(basis, 4)).toThrow('dct:2 has directions 0 to 3, not 4');
  expect(directionRows(basis, 1, 3).rows).toBe(2);
});
