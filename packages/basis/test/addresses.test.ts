import { expectClose } from '@nads/testing';
import {
  addresses,
  allAddresses,
  allPlaces,
  chosenAddresses,
  direction,
  directionAt,
  formatAddress,
  fourierDirection,
  indices,
  parseBasis,
} from '../src/index.js';

const shape = { channels: 1, height: 32, width: 32 };
const numbers = (list: string): number[] => indices(list, 100, 'indices');

test('lists of numbers, ranges and ranges with a step, each once', () => {
  expect(numbers('0,64, 3')).toEqual([0, 64, 3]);
  expect(numbers('2-4')).toEqual([2, 3, 4]);
  expect(numbers('0-90:30')).toEqual([0, 30, 60, 90]);
  expect(numbers('1,0-2')).toEqual([1, 0, 2]);
});

test.each([
  ['100', '`indices`: 100 is out of range for the list, 0 to 99'],
  ['5-1', "`indices`: '5-1' ends before it begins"],
  ['1-9:0', 'step of 0'],
  ['x', "'x' is not a number, a range"],
  ['', 'is not a number'],
  ['-1', 'is not a number'],
  ['1.5', 'is not a number'],
  ['9:7', 'is a place x:y, but the list has no grid'],
])('%p is refused', (list, message) => {
  expect(() => numbers(list)).toThrow(message);
});

test('places of cosines are numbers of the basis too', () => {
  const basis = parseBasis('dct:4', shape);
  const [one] = addresses('1:2', basis, 'indices');
  expect(one.place).toEqual([1, 2]);
  expect(addresses(`${one.index}`, basis, 'indices')).toEqual([one]);
  const wave = directionAt(basis, one);
  expect(wave).toEqual(direction(basis, one.index));
  // one half period down the rows, two along the columns
  const at = (y: number, x: number): number => wave[y * 32 + x];
  expect(at(0, 0)).toBeCloseTo(-at(31, 0), 12);
  expect(at(0, 0)).toBeCloseTo(at(0, 31), 12);
  expect(allAddresses(basis)).toHaveLength(16);
});

test("a Fourier basis has the published tables' grid for places", () => {
  const basis = parseBasis('fourier:16', shape);
  const [a, b] = addresses('9:7,8:8', basis, 'indices');
  expect(a).toEqual({ index: 7 * 16 + 9, place: [9, 7], isOffBasis: true });
  expect(directionAt(basis, a)).toEqual(fourierDirection(2, -2, 32, 32));
  expectClose(directionAt(basis, b), new Float64Array(1024).fill(1 / 32));
  expect(() => addresses('16:0', basis, 'indices')).toThrow('places go from 0:0 to 15:15');
  expect(() => addresses('9:7,1', basis, 'indices')).toThrow('mixes numbers of');
  expect(allPlaces(basis)).toHaveLength(256);
  expect(allPlaces(basis)![17]).toEqual({ index: 17, place: [1, 1], isOffBasis: true });
  expect(allPlaces(parseBasis('dct:4', shape))).toBeUndefined();
});

test('a rectangle of places', () => {
  const basis = parseBasis('fourier:16', shape);
  const found = addresses('8:8-9:10', basis, 'indices').map(({ place }) => place!.join(':'));
  expect(found).toEqual(['8:8', '9:8', '8:9', '9:9', '8:10', '9:10']);
  expect(() => addresses('9:8-8:9', basis, 'indices')).toThrow('ends before it begins');
});

test('a grid that does not fit the image is refused', () => {
  const basis = parseBasis('fourier:6', shape);
  expect(() => directionAt(basis, addresses('0:0', basis, 'indices')[0])).toThrow(
    'a Fourier grid of 6×6 does not fit images of 32×32',
  );
});

test('without a list all directions are meant, or all places of a grid that is none of the basis', () => {
  const [dct, fourier] = ['dct:2', 'fourier:2'].map(name => parseBasis(name, shape));
  expect(chosenAddresses(undefined, dct, 'indices').map(formatAddress)).toEqual([
    '0:0',
    '0:1',
    '1:0',
    '1:1',
  ]);
  expect(chosenAddresses(undefined, fourier, 'indices').every(one => one.isOffBasis)).toBe(true);
  expect(chosenAddresses('3,1', fourier, 'indices').map(formatAddress)).toEqual(['3', '1']);
});
