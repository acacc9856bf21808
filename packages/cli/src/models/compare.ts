import {
  compare as study,
  type Comparison,
  type NadsResult,
  type SubspaceComparison,
} from '@nads/study';
import { readNads } from '@nads/study/node';

/** Options of `nads compare`. */
interface CompareFlags {
  readonly top: readonly number[];
  readonly json?: boolean;
}

/** Prints how far two sets of directions span the same subspaces. */
export function compare(pathA: string, pathB: string, { top, json }: CompareFlags): void {
  const [a, b] = [readNads(pathA), readNads(pathB)];
  const comparison = study(a, b, top);
  process.stdout.write(json ? asJson(a, b, comparison) : asText(a, b, comparison));
}

const degrees = (radians: number): number => (radians * 180) / Math.PI;

function asJson(a: NadsResult, b: NadsResult, { subspaces }: Comparison): string {
  const byTop = <T>(of: (comparison: SubspaceComparison) => T) =>
    Object.fromEntries(subspaces.map(c => [c.top, of(c)]));
  const result = {
    a: a.name,
    b: b.name,
    probe: { a: probeOf(a) ?? null, b: probeOf(b) ?? null },
    overlap: byTop(c => c.overlap),
    principal_angles_degrees: byTop(c => c.principalAngles.map(degrees)),
    eigenvalues: { a: listed(a.eigenvalues), b: listed(b.eigenvalues) },
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}

const listed = (values: Float64Array | undefined): number[] | null => (values ? [...values] : null);

function asText(a: NadsResult, b: NadsResult, { subspaces, left }: Comparison): string {
  const lines = [
    `a: ${titled(a)}`,
    `b: ${titled(b)}`,
    '',
    '     k   overlap   principal angles: smallest, median, largest',
    ...subspaces.map(row),
  ];
  if (left.length > 0) lines.push('', `left out, not enough directions: ${left.join(', ')}`);
  return `${[...lines, ...spectra(a, b)].join('\n')}\n`;
}

function titled(result: NadsResult): string {
  const probe = probeOf(result);
  return probe ? `${result.name} (${probe})` : result.name;
}

/** What the networks were asked; undefined where no summary says so. */
function probeOf({ summary }: NadsResult): string | undefined {
  if (!summary) return undefined;
  const { probe, step } = summary.settings;
  if (probe === 'gradient') return 'exact gradients';
  return probe === 'mixed' ? 'mixed derivative' : `secants of step ${step}`;
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
