/** Three digits and a prefix: '1.23 G'. */
export function shortNumber(x: number): string {
  const prefixes = ['', 'k', 'M', 'G', 'T', 'P'];
  const power = Math.min(prefixes.length - 1, Math.floor(Math.log10(Math.max(1, x)) / 3));
  return `${Number((x / 1000 ** power).toPrecision(3))} ${prefixes[power]}`;
}
