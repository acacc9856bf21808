import { symmetricEigenvalues, type Matrix } from '@nads/linalg';

/** The logarithm of the determinant of a kernel of codes, and why it has none. */
export interface LogDeterminant {
  /** log |det K|; −∞ where K is singular. */
  readonly value: number;
  readonly rank: number;
  /** Groups of images whose codes are equal, from 0. */
  readonly equal: readonly (readonly number[])[];
  readonly smallestEigenvalue: number;
}

/** log |det K| from the eigenvalues; K counts as singular where an eigenvalue is within rounding of 0. */
export function logDeterminant(kernel: Matrix): LogDeterminant {
  const eigenvalues = symmetricEigenvalues(kernel);
  const least = kernel.rows * Number.EPSILON * 8 * Math.abs(eigenvalues[0]);
  const rank = eigenvalues.filter(x => Math.abs(x) > least).length;
  const equal = equalCodes(kernel);
  const isSingular = rank < kernel.rows || equal.length > 0;
  const value = isSingular
    ? -Infinity
    : eigenvalues.reduce((sum, x) => sum + Math.log(Math.abs(x)), 0);
  return { value, rank, equal, smallestEigenvalue: eigenvalues[kernel.rows - 1] };
}

/** Images whose codes agree in all units, where there are several of them. */
function equalCodes({ rows: n, data }: Matrix): number[][] {
  const groups: number[][] = [];
  for (let i = 0; i < n; i++) {
    const group = groups.find(([first]) => data[first * n + i] === data[i * n + i]);
    if (group) group.push(i);
    else groups.push([i]);
  }
  return groups.filter(({ length }) => length > 1);
}
