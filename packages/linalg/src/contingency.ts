import { matrix, type Matrix } from './matrix.js';

/**
 * How many points are in each pair of clusters of two partitions: rows are the clusters of a, columns those of b, by their names from
 * the smallest. @throws where they differ in length.
 */
export function contingency(a: ArrayLike<number>, b: ArrayLike<number>): Matrix {
  if (a.length !== b.length)
    throw new Error(`linalg: partitions of ${a.length} and of ${b.length} points`);
  const [rows, columns] = [a, b].map(namesOf);
  const counts = matrix(rows.size, columns.size);
  for (let i = 0; i < a.length; i++)
    counts.data[rows.get(a[i])! * columns.size + columns.get(b[i])!]++;
  return counts;
}

const namesOf = (labels: ArrayLike<number>): ReadonlyMap<number, number> =>
  new Map([...new Set(Array.from(labels))].toSorted((x, y) => x - y).map((name, i) => [name, i]));
