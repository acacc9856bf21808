import type { Measured } from './disattenuated.js';
import type { Gathered } from './gathered.js';
import { spreadBetween } from './spread-between.js';
import { byNumber, spreadUnit, type NumberName } from './spectral-numbers.js';

/** A number of all members. */
export interface NumberColumn {
  /** Of each member: the mean of both estimates and its standard error. */
  readonly values: readonly Measured[];
  /** The standard deviation between estimates that errors of the eigenvalues do not explain, in units of `spreadUnit`. */
  readonly spread: number;
}

/** The numbers of all members. */
export const memberNumbers = (found: readonly Gathered[]): Record<NumberName, NumberColumn> =>
  byNumber(name => columnOf(found, name));

/** Errors are those that the eigenvalues' make, and what the two estimates of members differ by beside them. */
function columnOf(found: readonly Gathered[], name: NumberName): NumberColumn {
  const pairs = found.map(({ estimates: [a, b] }) => {
    const both = [a.numbers[name], b.numbers[name]] as const;
    const value = (both[0].value + both[1].value) / 2;
    return { both, value, unit: spreadUnit(name, value) };
  });
  const spread = spreadBetween(pairs);
  const values = pairs.map(({ both: [a, b], value, unit }) => ({
    value,
    error: Math.hypot(a.error, b.error, Math.SQRT2 * spread * unit) / 2,
  }));
  return { values, spread };
}
