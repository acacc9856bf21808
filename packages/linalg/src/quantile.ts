/** A quantile of values, interpolated linearly between the two nearest, as NumPy does; infinite ones are the largest. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const at = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  const weight = at - Math.floor(at);
  return weight === 0 ? low : low + weight * (high - low);
}
