import type { Measured } from './disattenuated.js';

/** The relative precision to which the spread is found. */
const precision = 1e-9;

/** Two independent measurements of one quantity, and the unit that spreads of it are in. */
export interface TwoMeasured {
  readonly both: readonly [Measured, Measured];
  readonly unit: number;
}

/**
 * The standard deviation τ that measurements have beside their own errors, as all pairs together show: that for which the squares of
 * (x₁ − x₂) / √(σ₁² + σ₂² + 2 (τ·unit)²) have the mean 1 (Mandel and Paule 1970), or 0 where they are smaller without it. Pairs with a value or an error
 * that is not finite are left out.
 */
export function spreadBetween(pairs: readonly TwoMeasured[]): number {
  const known = pairs
    .map(({ both: [a, b], unit }) => ({
      square: (a.value - b.value) ** 2,
      variance: a.error ** 2 + b.error ** 2,
      unit: 2 * unit ** 2,
    }))
    .filter(({ square, variance, unit }) => Number.isFinite(square + variance) && unit > 0);
  /** How much larger the squares are than this τ² says; falls with τ². */
  const excess = (tau2: number): number =>
    known.reduce((sum, { square, variance, unit }) => {
      const expected = variance + tau2 * unit;
      return sum + (square === 0 ? 0 : square / expected);
    }, 0) - known.length;
  if (!(excess(0) > 0)) return 0;
  // with this every square is at most as large as expected
  let high = Math.max(...known.map(({ square, unit }) => square / unit));
  let low = 0;
  while (high - low > precision * high) {
    const middle = (low + high) / 2;
    if (excess(middle) > 0) low = middle;
    else high = middle;
  }
  return Math.sqrt(high);
}
