/** Row-major strides. */
export function strides(dims: readonly number[]): number[] {
  const steps = Array<number>(dims.length).fill(1);
  for (let axis = dims.length - 2; axis >= 0; axis--)
    steps[axis] = steps[axis + 1] * dims[axis + 1];
  return steps;
}

/** The whole numbers below n. */
export const indices = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Σ index·step over all indices of these dims, row-major: the places of a strided view. */
export const stridedOffsets = (dims: readonly number[], steps: readonly number[]): number[] =>
  sums(dims.map((size, axis) => indices(size).map(i => i * steps[axis])));

/** Places in a row-major tensor of these dims of the product of one index list an axis. */
export function gridOffsets(
  dims: readonly number[],
  lists: readonly (readonly number[])[],
): number[] {
  const steps = strides(dims);
  return sums(lists.map((list, axis) => list.map(i => i * steps[axis])));
}

/** Places from which a tensor broadcast from dims to dims takes its elements. */
export function broadcastOffsets(from: readonly number[], to: readonly number[]): number[] {
  const lead = to.length - from.length;
  const steps = strides(from).map((step, axis) => (from[axis] === 1 ? 0 : step));
  return stridedOffsets(to, [...Array<number>(lead).fill(0), ...steps]);
}

/** All sums of one term from each list, the last list running fastest. */
function sums(terms: readonly (readonly number[])[]): number[] {
  let totals = [0];
  for (const list of terms) {
    const longer = Array<number>(totals.length * list.length);
    let at = 0;
    for (const total of totals) for (const term of list) longer[at++] = total + term;
    totals = longer;
  }
  return totals;
}
