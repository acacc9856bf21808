/** A mean and its standard error. */
export interface Mean {
  readonly mean: number;
  readonly error: number;
}

/** Of some values. */
export function meanOf(values: readonly number[]): Mean {
  const mean = values.reduce((sum, x) => sum + x / values.length, 0);
  const square = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { mean, error: Math.sqrt(square / Math.max(1, values.length - 1) / values.length) };
}

/** '48.3 ± 0.5'. */
export const show = ({ mean, error }: Mean): string => `${mean.toFixed(1)} ± ${error.toFixed(1)}`;

/** Items with the same key together, in order of appearance. */
export function grouped<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}
