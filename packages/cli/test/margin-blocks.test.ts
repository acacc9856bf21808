import { matrix } from '@nads/linalg';
import { blockGroups, blocksOf } from '../src/margin/margin-blocks.js';
import { rowBasis } from '../src/directions/row-basis.js';

const basis = rowBasis('dct', { channels: 3, height: 4, width: 4 });

test('a basis is cut into blocks, the last perhaps smaller', () => {
  const blocks = blocksOf(basis, { basis: 'dct', block: 6 });
  expect(blocks.map(({ index, first, last }) => [index, first, last])).toEqual([
    [0, 0, 5],
    [1, 6, 11],
    [2, 12, 15],
  ]);
  expect(blocks[2].rows()).toEqual(basis.rows(12, 16));
  const some = blocksOf(basis, { basis: 'dct', block: 6, blocks: '2' });
  expect(some.map(({ first }) => first)).toEqual([12]);
});

test('what is not in the basis is named by its option', () => {
  expect(() => blocksOf(basis, { basis: 'dct', block: 17 })).toThrow(/^--block: 17.*dct has 16/);
  expect(() => blocksOf(basis, { basis: 'dct', block: 6, blocks: '3' })).toThrow(/^--blocks: 3 is/);
});

test('groups hold as many blocks as their numbers allow, in order, and each block once', () => {
  const blocks = [2, 3, 9, 1, 1].map((size, index) => ({
    index,
    first: 0,
    last: 0,
    rows: () => matrix(1, size),
  }));
  const sizes = (most: number) =>
    [...blockGroups(blocks, most)].map(({ from, subspaces }) => [
      from,
      ...subspaces.map(({ columns }) => columns),
    ]);
  expect(sizes(5)).toEqual([
    [0, 2, 3],
    [2, 9],
    [3, 1, 1],
  ]);
  expect(sizes(100)).toEqual([[0, 2, 3, 9, 1, 1]]);
});
