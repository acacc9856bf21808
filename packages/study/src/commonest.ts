/** The first one of those that occur most often. */
export function commonest<T>(values: readonly T[]): T {
  const count = (value: T): number => values.filter(other => other === value).length;
  return values.reduce((best, value) => (count(value) > count(best) ? value : best));
}
