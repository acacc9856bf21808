import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';

/** Elements of an axis: first, first + step, …. */
export interface Places {
  readonly first: number;
  readonly step: number;
}

/**
 * Puts the elements of an axis at places of a longer one, zeros elsewhere: the transpose of slicing. Places
 * outside are cut off.
 * @param size of the longer axis.
 */
export function spread(
  g: Algebra,
  x: Value,
  axis: number,
  { first, step }: Places,
  size: number,
): Value {
  const length = g.size(x, axis);
  if (step < 0) {
    const reversed = reverse(g, x, axis);
    return spread(g, reversed, axis, { first: first + step * (length - 1), step: -step }, size);
  }
  const apart = step > 1 && length > 1 ? interleave(g, x, axis, step) : x;
  const rank = g.dims(x).length;
  const only = (zeros: number): number[] =>
    Array.from({ length: rank }, (_, i) => (i === axis ? zeros : 0));
  return g.pad(apart, only(first), only(size - first - g.size(apart, axis)));
}

/** An axis backwards. */
export const reverse = (g: Algebra, x: Value, axis: number): Value =>
  g.slice(x, [axis], [-1], [-Number.MAX_SAFE_INTEGER], [-1]);

/** step − 1 zeros between neighbouring elements. */
function interleave(g: Algebra, x: Value, axis: number, step: number): Value {
  const dims = g.dims(x);
  const length = g.size(x, axis);
  const single = g.reshape(x, [...dims.slice(0, axis + 1), 1, ...dims.slice(axis + 1)]);
  const end = dims.flatMap((_, i) => (i === axis ? [0, step - 1] : [0]));
  const padded = g.pad(
    single,
    end.map(() => 0),
    end,
  );
  const joined = g.reshape(padded, dims.with(axis, length * step));
  return g.slice(joined, [axis], [0], [(length - 1) * step + 1]);
}
