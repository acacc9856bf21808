import type { Measurement } from '../lib/measurement.ts';
import { describeBlas, rowsOf } from '../lib/table.ts';

/** What a page says of a measurement, in Markdown: where it was made, its table, its notes. */
export function section(measurement: Measurement): string {
  const notes = (measurement.notes ?? []).map(note => `- ${note}`).join('\n');
  return [provenance(measurement), markdownTable(rowsOf(measurement)), notes]
    .filter(Boolean)
    .join('\n\n');
}

function provenance({ date, commit, machine, load_average, peer, blas }: Measurement): string {
  const products = blas ? `, its products by ${describeBlas(blas)}` : '';
  return [
    `Measured on ${date.slice(0, 'yyyy-mm-dd'.length)} at commit ${commit?.slice(0, 9)}: ${machine}, load average before ${load_average.toFixed(1)}.`,
    peer ? `Peer: ${peer}${products}.` : 'No peer.',
  ].join(' ');
}

/** The first column in the font of code: names of results. */
function markdownTable([head, ...rows]: readonly (readonly string[])[]): string {
  const named = rows.map(([name, ...rest]) => [`\`${name}\``, ...rest]);
  const lines = [head, head.map(() => '---'), ...named];
  return lines.map(cells => `| ${cells.map(escaped).join(' | ')} |`).join('\n');
}

const escaped = (cell: string): string => cell.replaceAll('|', String.raw`\|`);
