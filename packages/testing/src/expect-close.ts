/** How far apart two numbers may be: |actual − expected| ≤ atol + rtol · |expected|. */
export interface Tolerance {
  rtol?: number;
  atol?: number;
}

/**
 * Asserts that two arrays have the same length and agree elementwise.
 * @throws with the worst index, both values and the difference.
 */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { rtol = 1e-6, atol = 0 }: Tolerance = {},
): void {
  if (actual.length !== expected.length)
    throw new Error(`expected ${expected.length} values, got ${actual.length}`);
  let worst = -1;
  let excess = 0;
  for (let i = 0; i < actual.length; i++) {
    const over = Math.abs(actual[i] - expected[i]) - (atol + rtol * Math.abs(expected[i]));
    if (over > excess || Number.isNaN(over)) [worst, excess] = [i, over];
    if (Number.isNaN(over)) break;
  }
  if (worst >= 0)
    throw new Error(
      `values differ most at ${worst}: expected ${expected[worst]}, got ${actual[worst]}` +
        ` (rtol ${rtol}, atol ${atol})`,
    );
}

/** ‖actual − expected‖_F / ‖expected‖_F. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < expected.length; i++) {
    difference += (actual[i] - expected[i]) ** 2;
    norm += expected[i] ** 2;
  }
  return Math.sqrt(difference / norm);
}
