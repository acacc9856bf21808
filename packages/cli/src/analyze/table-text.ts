import type { PageTable } from '@nads/report';

/** A table in columns of text. */
export function tableText({ caption, head, rows }: PageTable): string {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map(row => row[i].length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
      .join('  ')
      .trimEnd();
  return `${[caption, line(head), ...rows.map(line)].join('\n')}\n`;
}
