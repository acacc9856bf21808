import { matrix } from '@nads/linalg';
import { blockGroups } from '../src/margins/blocks.js';

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
  expect([...blockGroups(blocks, 100, 2)].map(({ from }) => from)).toEqual([0, 2, 4]);
});
