/**
 * Spearman's rank correlation: Pearson's correlation of ranks, equal values sharing the mean of theirs. NaN where one of the
 * two is constant or there are less than two values.
 * @throws where the lists differ in length.
 */
export function rankCorrelation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length)
    throw new Error(`linalg: no correlation of ${x.length} values with ${y.length}`);
  const [a, b] = [centred(ranks(x)), centred(ranks(y))];
  const product = (u: Float64Array, v: Float64Array): number =>
    u.reduce((sum, value, i) => sum + value * v[i], 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from(values, (_, i) => i).toSorted((a, b) => values[a] - values[b]);
  const found = new Float64Array(values.length);
  for (let first = 0; first < order.length;) {
    let last = first;
    while (last + 1 < order.length && values[order[last + 1]] === values[order[first]]) last++;
    for (let i = first; i <= last; i++) found[order[i]] = (first + last) / 2;
    first = last + 1;
  }
  return found;
}

function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return values.map(value => value - mean);
}
