/**
 * Kendall's τ-b: concordant minus discordant pairs, divided by √((n₀ − n₁)(n₀ − n₂)), n₀ all pairs, n₁ and n₂ those that are tied in one
 * list; in n log n steps (Knight 1966). NaN where one of the lists is constant or there are less than two values.
 * @throws where the lists differ in length.
 */
export function kendallTau(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length)
    throw new Error(`linalg: no correlation of ${x.length} values with ${y.length}`);
  const n = x.length;
  const order = Uint32Array.from({ length: n }, (_, i) => i).toSorted(
    (a, b) => compare(x[a], x[b]) || compare(y[a], y[b]),
  );
  const values = Float64Array.from(order, i => y[i]);
  const tiedInX = tiedPairs(n, (i, j) => x[order[i]] === x[order[j]]);
  const tiedInBoth = tiedPairs(n, (i, j) => x[order[i]] === x[order[j]] && values[i] === values[j]);
  const discordant = sortCountingSwaps(values);
  const tiedInY = tiedPairs(n, (i, j) => values[i] === values[j]);
  const all = (n * (n - 1)) / 2;
  const difference = all - tiedInX - tiedInY + tiedInBoth - 2 * discordant;
  return difference / Math.sqrt((all - tiedInX) * (all - tiedInY));
}

/** Of infinite values, too. */
const compare = (a: number, b: number): number => Number(a > b) - Number(a < b);

/** Pairs within runs of neighbours that are the same. */
function tiedPairs(n: number, isSame: (i: number, j: number) => boolean): number {
  let pairs = 0;
  for (let first = 0, i = 1; i <= n; i++)
    if (i === n || !isSame(first, i)) {
      pairs += ((i - first) * (i - first - 1)) / 2;
      first = i;
    }
  return pairs;
}

/** Sorts in place by merging; how many pairs were in the wrong order. */
function sortCountingSwaps(values: Float64Array): number {
  const { length } = values;
  if (length < 2) return 0;
  const [left, right] = [values.slice(0, length >> 1), values.slice(length >> 1)];
  let swaps = sortCountingSwaps(left) + sortCountingSwaps(right);
  for (let i = 0, j = 0; i + j < length;) {
    const takesLeft = j === right.length || (i < left.length && left[i] <= right[j]);
    if (!takesLeft) swaps += left.length - i;
    const at = i + j;
    values[at] = takesLeft ? left[i++] : right[j++];
  }
  return swaps;
}
