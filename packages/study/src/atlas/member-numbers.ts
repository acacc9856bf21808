import type { Measured } from './disattenuated.js';
import type { Gathered } from './gathered.js';
import { byNumber, type NumberName } from './spectral-numbers.js';

/** A number of all members. */
export interface NumberColumn {
  /** Of each member: the mean of both estimates and its standard error. */
  readonly values: readonly Measured[];
  /** Errors that are predicted from those of the eigenvalues, times this, are as large as what the two estimates of members differ by. */
  readonly factor: number;
}

/** The numbers of all members. */
export const memberNumbers = (found: readonly Gathered[]): Record<NumberName, NumberColumn> =>
  byNumber(name => columnOf(found, name));

/**
 * Errors have the form that those of the eigenvalues predict and the size that the differences (x₁ − x₂) / √(σ₁² + σ₂²) of all members show: their
 * root mean square, where it is above 1.
 */
function columnOf(found: readonly Gathered[], name: NumberName): NumberColumn {
  const pairs = found.map(({ estimates: [a, b] }) => [a.numbers[name], b.numbers[name]] as const);
  const differences = pairs
    .map(([a, b]) => (a.value - b.value) / Math.hypot(a.error, b.error))
    .filter(Number.isFinite);
  const square = differences.reduce((sum, x) => sum + x * x, 0) / differences.length;
  const factor = square > 1 ? Math.sqrt(square) : 1;
  const values = pairs.map(([a, b]) => ({
    value: (a.value + b.value) / 2,
    error: (factor * Math.hypot(a.error, b.error)) / 2,
  }));
  return { values, factor };
}
