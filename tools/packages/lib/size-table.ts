/** What a package takes. */
export interface Sizes {
  readonly name: string;
  /** Bytes of its tarball. */
  readonly packed: number;
  /** MB of a project that has it and what it needs, and nothing that is optional. */
  readonly installed: number;
}

/** Markdown, in the format of Prettier. */
export function sizeTable(sizes: readonly Sizes[]): string {
  const rows = sizes.map(({ name, packed, installed }) => [
    `\`${name}\``,
    `${(packed / 1e6).toFixed(2)} MB`,
    `${installed} MB`,
  ]);
  const head = ['package', 'tarball', 'installed'];
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map(row => row[i].length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((text, i) => text.padEnd(widths[i])).join(' | ')} |`;
  return [line(head), line(widths.map(width => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
