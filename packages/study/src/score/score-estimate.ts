/** A score over several networks. */
export interface ScoreEstimate {
  /** −∞ where one of them is. */
  readonly mean: number;
  /** Of the mean; NaN for one network. */
  readonly standardError: number;
  /** One for each network. */
  readonly values: readonly number[];
}

/** Mean and standard error of some values. */
export function scoreEstimate(values: readonly number[]): ScoreEstimate {
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1);
  return { mean, standardError: Math.sqrt(variance / n), values };
}
