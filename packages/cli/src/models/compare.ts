import {
  compare as study,
  comparisonJson,
  probeOf,
  type Comparison,
  type NadsResult,
  type SubspaceComparison,
} from '@nads/study';
import { degrees } from '@nads/linalg';
import { readNads } from '@nads/study/node';

/** Options of `nads compare`. */
interface CompareFlags {
  readonly top: readonly number[];
  readonly json?: boolean;
}

/** Prints how much the subspaces of two sets of directions overlap. */
export function compare(pathA: string, pathB: string, { top, json }: CompareFlags): void {
  const [a, b] = [readNads(pathA), readNads(pathB)];
  const comparison = study(a, b, top);
  process.stdout.write(json ? comparisonJson(a, b, comparison) : asText(a, b, comparison));
}

function asText(a: NadsResult, b: NadsResult, { subspaces, left }: Comparison): string {
  const lines = [
    `a: ${titled(a)}`,
    `b: ${titled(b)}`,
    '',
    '     k   overlap   principal angles: smallest, median, largest',
    ...subspaces.map(row),
  ];
  if (left.length > 0) lines.push('', `skipped, not enough directions: ${left.join(', ')}`);
  return `${[...lines, ...spectra(a, b)].join('\n')}\n`;
}

function titled(result: NadsResult): string {
  const probe = probeOf(result);
  return probe ? `${result.name} (${probe})` : result.name;
}

function row({ top, overlap: share, principalAngles: radians }: SubspaceComparison): string {
  const angles = radians.map(degrees).toSorted((x, y) => x - y);
  const shown = [angles[0], angles[angles.length >> 1], angles.at(-1)!].map(angle =>
    `${angle.toFixed(1)}°`.padStart(7),
  );
  return `${String(top).padStart(6)}   ${share.toFixed(4).padStart(7)}   ${shown.join(' ')}`;
}

function spectra(a: NadsResult, b: NadsResult): string[] {
  if (!a.eigenvalues && !b.eigenvalues) return [];
  const indices = [0, 1, 2, 4, 9, 19, 49, 99].filter(
    i => i < (a.eigenvalues ?? b.eigenvalues!).length,
  );
  const cell = (r: NadsResult, i: number): string =>
    (r.eigenvalues?.[i]?.toExponential(3) ?? '-').padStart(12);
  return [
    '',
    ' index  eigenvalue a  eigenvalue b',
    ...indices.map(i => `${String(i).padStart(6)}  ${cell(a, i)}  ${cell(b, i)}`),
  ];
}
