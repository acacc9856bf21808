import type { Measured } from './disattenuated.js';
import type { Gathered } from './gathered.js';
import { numberNames, type NumberName } from './member-estimate.js';
import { pooledErrors } from './pooled-errors.js';

/** Numbers of a member with their standard errors. */
export type MemberNumbers = Readonly<Record<NumberName, Measured>>;

/** Means of both estimates of each member, with errors that are moderated by those of all. */
export function memberNumbers(found: readonly Gathered[]): MemberNumbers[] {
  const columns = numberNames.map(name => columnOf(found, name));
  return found.map(
    (_, i) =>
      Object.fromEntries(numberNames.map((name, j) => [name, columns[j][i]])) as MemberNumbers,
  );
}

function columnOf(found: readonly Gathered[], name: NumberName): Measured[] {
  const pairs = found.map(({ estimates: [a, b] }) => ({
    values: [a.numbers[name], b.numbers[name]] as const,
    networks: a.summary.networks,
  }));
  const errors = pooledErrors(pairs);
  return pairs.map(({ values: [a, b] }, i) => ({ value: (a + b) / 2, error: errors[i] }));
}
