import { averageLinkage, leavesOf } from '../src/average-linkage.js';
import { fromRows, matrix } from '../src/matrix.js';

test('the tree of four items by hand: groups are as far apart as their pairs on average', () => {
  // 0 and 1 join at 2; 2 joins them at (6 + 8) / 2; 3 joins all at (10 + 12 + 14) / 3, not at the (11 + 14) / 2 of groups that count alike
  const tree = averageLinkage(
    fromRows([
      [0, 2, 6, 10],
      [2, 0, 8, 12],
      [6, 8, 0, 14],
      [10, 12, 14, 0],
    ]),
  );
  expect(tree).toEqual({
    height: 12,
    branches: [
      { leaf: 3 },
      { height: 7, branches: [{ leaf: 2 }, { height: 2, branches: [{ leaf: 0 }, { leaf: 1 }] }] },
    ],
  });
  expect(leavesOf(tree)).toEqual([3, 2, 0, 1]);
});

test('one item is a leaf; damage is refused', () => {
  expect(averageLinkage(matrix(1, 1))).toEqual({ leaf: 0 });
  expect(() => averageLinkage(matrix(0, 0))).toThrow('square');
  expect(() =>
    averageLinkage(
      fromRows([
        [0, NaN],
        [NaN, 0],
      ]),
    ),
  ).toThrow('finite');
});
