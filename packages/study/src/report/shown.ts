/** A number for a table, unknown where it is not finite or not there. */
export const shown = (value: number | null | undefined, digits = 4): string =>
  typeof value === 'number' && Number.isFinite(value) ? shortest(value, digits) : '-';

/** 0.0197, 1234, or 1.97e-5 where that is shorter. */
function shortest(value: number, digits: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  const size = Math.abs(value);
  return size < 1e-3 || size >= 1e7 ? value.toExponential(digits - 1) : value.toPrecision(digits);
}

/** A share as a percentage. */
export const percent = (share: number | null | undefined): string =>
  typeof share === 'number' && Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : '-';

/** Mean ± standard error, which is unknown of one value. */
export const withError = (
  value: number | null | undefined,
  error: number | null | undefined,
): string => {
  const bound = shown(error, 2);
  return bound === '-' ? shown(value) : `${shown(value)} ± ${bound}`;
};

/** One number where both ends are the same: '0.156', '0.00977 to 0.156'. */
export const rangeOf = ([least, most]: readonly [least: number, most: number]): string =>
  least === most ? shown(least, 3) : `${shown(least, 3)} to ${shown(most, 3)}`;
