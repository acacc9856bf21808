import { matrix, mirrorLower, type Matrix } from '@nads/linalg';
import { addSums } from './add-sums.js';
import type { BlockSums } from './block-sums.js';

/** The average of several sums over n networks: a covariance for each symmetry type, both triangles filled. */
export function averageSums(groups: readonly BlockSums[], n: number): Matrix[] {
  const [first, ...others] = groups;
  const average = first.map(({ rows, data }) => matrix(rows, rows, data.slice()));
  for (const group of others) addSums(average, group);
  for (const covariance of average) {
    const { data } = covariance;
    for (let i = 0; i < data.length; i++) data[i] /= n;
    mirrorLower(covariance);
  }
  return average;
}
