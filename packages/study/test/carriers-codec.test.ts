import { decodeCarriers, encodeCarriers } from '../src/index.js';

const names = ['cat', 'dog, large'];
const choice = { names, directions: 10, channels: 3 };
const places = [
  { direction: 9, channel: 2, coefficient: -0.5 },
  { direction: 0, channel: 0, coefficient: 1e-3 },
];

test('a table of carriers reads back', () => {
  const table = encodeCarriers(places, names);
  expect(table).toBe(
    'label,class,direction,channel,coefficient\n0,cat,9,2,-0.5\n1,"dog, large",0,0,0.001\n',
  );
  expect(decodeCarriers(table, choice, 'file')).toEqual(places);
});

const head = 'label,direction,channel,coefficient';

test('lines may come in any order', () => {
  expect(decodeCarriers(`${head}\n1,0,0,0.001\n0,9,2,-0.5\n`, choice, 'file')).toEqual(places);
});

test.each([
  ['0,1,1,1', /^file: label 1 \('dog, large'\) is missing/],
  ['0,1,1,1\n0,2,1,1', /^file, line 3: duplicate label 0/],
  ['2,1,1,1', /^file, line 2: label '2' is not an integer from 0 to 1/],
  ['0,10,1,1', /^file, line 2: direction '10' is not an integer from 0 to 9/],
  ['0,1,3,1', /^file, line 2: channel '3' is not an integer from 0 to 2/],
  ['0,1,-1,1', /^file, line 2: channel '-1'/],
  ['0,1,1,x', /^file, line 2: coefficient 'x' is not a number/],
  ['0,1,1,', /^file, line 2: coefficient '' is not a number/],
])('%j is refused', (lines, message) => {
  expect(() => decodeCarriers(`${head}\n${lines}\n`, choice, 'file')).toThrow(message);
});
