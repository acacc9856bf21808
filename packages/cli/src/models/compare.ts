import { matrix, orthonormalise, overlap, principalAngles, type Matrix } from '@nads/linalg';
import { readResult, type Result } from '../directions/result.js';
import { explain } from '../messages/explain.js';

interface Options {
  readonly top: readonly number[];
  readonly json?: boolean;
}

interface Comparison {
  readonly top: number;
  readonly overlap: number;
  readonly principalAngles: readonly number[];
}

/** Prints how far two sets of directions span the same subspaces. */
export function compare(pathA: string, pathB: string, options: Options): void {
  const [a, b] = [readResult(pathA), readResult(pathB)];
  const [rowsA, rowsB] = comparable(a, b);
  const tops = options.top.filter(k => k <= Math.min(rowsA.rows, rowsB.rows));
  if (tops.length === 0)
    throw new Error(
      `--top: ${pathA} has ${rowsA.rows} directions and ${pathB} ${rowsB.rows}; give smaller numbers`,
    );
  const most = Math.max(...tops);
  const basisA = explain(a.name, () => orthonormalise(firstRows(rowsA, most)));
  const basisB = explain(b.name, () => orthonormalise(firstRows(rowsB, most)));
  const comparisons = tops.map(k => compareTop(basisA, basisB, k));
  const left = options.top.filter(k => !tops.includes(k));
  process.stdout.write(options.json ? asJson(a, b, comparisons) : asText(a, b, comparisons, left));
}

function compareTop(a: Matrix, b: Matrix, k: number): Comparison {
  return {
    top: k,
    overlap: overlap(a, b, k),
    principalAngles: [...principalAngles(firstRows(a, k), firstRows(b, k))],
  };
}

const firstRows = (a: Matrix, k: number): Matrix =>
  matrix(k, a.columns, a.data.subarray(0, k * a.columns));

/** Directions of one channel are compared where only one of the two is in colour. */
function comparable(a: Result, b: Result): readonly [Matrix, Matrix] {
  if (a.rows.columns === b.rows.columns) return [a.rows, b.rows];
  if (a.channelRows?.columns === b.rows.columns) return [a.channelRows, b.rows];
  if (b.channelRows?.columns === a.rows.columns) return [a.rows, b.channelRows];
  throw new Error(
    `${a.name} has directions of ${a.rows.columns} pixels, ${b.name} of ${b.rows.columns}; they must be of the same size`,
  );
}

const degrees = (radians: number): number => (radians * 180) / Math.PI;

function asJson(a: Result, b: Result, comparisons: readonly Comparison[]): string {
  const byTop = <T>(of: (comparison: Comparison) => T) =>
    Object.fromEntries(comparisons.map(c => [c.top, of(c)]));
  const result = {
    a: a.name,
    b: b.name,
    probe: { a: a.probe ?? null, b: b.probe ?? null },
    overlap: byTop(c => c.overlap),
    principal_angles_degrees: byTop(c => c.principalAngles.map(degrees)),
    eigenvalues: { a: listed(a.eigenvalues), b: listed(b.eigenvalues) },
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}

const listed = (values: Float64Array | undefined): number[] | null => (values ? [...values] : null);

function asText(
  a: Result,
  b: Result,
  comparisons: readonly Comparison[],
  left: readonly number[],
): string {
  const lines = [
    `a: ${titled(a)}`,
    `b: ${titled(b)}`,
    '',
    '     k   overlap   principal angles: smallest, median, largest',
    ...comparisons.map(row),
  ];
  if (left.length > 0) lines.push('', `left out, not enough directions: ${left.join(', ')}`);
  return `${[...lines, ...spectra(a, b)].join('\n')}\n`;
}

const titled = ({ name, probe }: Result): string => (probe ? `${name} (${probe})` : name);

function row({ top, overlap: share, principalAngles: radians }: Comparison): string {
  const angles = radians.map(degrees).toSorted((x, y) => x - y);
  const shown = [angles[0], angles[angles.length >> 1], angles.at(-1)!].map(angle =>
    `${angle.toFixed(1)}°`.padStart(7),
  );
  return `${String(top).padStart(6)}   ${share.toFixed(4).padStart(7)}   ${shown.join(' ')}`;
}

function spectra(a: Result, b: Result): string[] {
  if (!a.eigenvalues && !b.eigenvalues) return [];
  const indices = [0, 1, 2, 4, 9, 19, 49, 99].filter(
    i => i < (a.eigenvalues ?? b.eigenvalues!).length,
  );
  const cell = (r: Result, i: number): string =>
    (r.eigenvalues?.[i]?.toExponential(3) ?? '-').padStart(12);
  return [
    '',
    ' index  eigenvalue a  eigenvalue b',
    ...indices.map(i => `${String(i).padStart(6)}  ${cell(a, i)}  ${cell(b, i)}`),
  ];
}
