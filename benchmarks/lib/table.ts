import type { Result } from './beside.ts';
import type { Blas, PeerReport } from './peer.ts';
import type { Place } from './place.ts';

/** What a benchmark hands back. */
export interface Outcome extends PeerReport {
  readonly results: readonly Result[];
  /** Lines to read below the table. */
  readonly notes?: readonly string[];
}

/** The outcome of a benchmark for people: a row a result, then the notes. */
export function table(outcome: Outcome & Place): string {
  const { notes = [] } = outcome;
  return `${head(outcome)}\n${aligned(rowsOf(outcome))}\n${notes.map(note => `${note}\n`).join('')}`;
}

/** The rows of a table, of as many cells each, the first with what is in the columns. */
export const rowsOf = ({ results, comparable }: Outcome): string[][] => [
  ['', 'ours', 'peer', 'ratio', 'target', ''],
  ...results.map(result => [
    result.name,
    time(result.ours_seconds),
    time(result.peer_seconds),
    ratio(result, comparable),
    target(result, comparable),
    result.compared ?? '',
  ]),
];

function head({ machine, load_average, busy, peer, blas, comparable }: PeerReport & Place): string {
  const lines = [
    `${machine}; load average before: ${load_average.toFixed(1)}`,
    ...(busy ? [disturbed] : []),
    `peer: ${peer ?? 'none (no Python with the packages it needs)'}`,
    ...(blas ? [`its matrix products: ${describeBlas(blas)}`] : []),
    ...(comparable ? [] : [warning]),
  ];
  return lines.map(line => `${line}\n`).join('');
}

const disturbed =
  'THE MACHINE WAS BUSY: threads that wait for one another, as the peer’s do, suffer more than others';

const warning =
  'THE RATIOS ARE NOT COMPARABLE: the peer has only the reference BLAS; install an optimised one (Debian: libopenblas0-pthread)';

/** What a peer multiplies matrices with, and how fast. */
export const describeBlas = ({ name, kernel, gflops }: Blas): string =>
  `${name}${kernel ? `, kernel ${kernel}` : ''}, ${gflops.toPrecision(3)} GFLOP/s for 1024×1024 in float32`;

/** Rows in columns of a terminal, the first and last flush left. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map(row => row[column].length)));
  const pad = (cell: string, column: number): string =>
    column === 0 || column === widths.length - 1
      ? cell.padEnd(widths[column])
      : cell.padStart(widths[column]);
  return rows.map(row => `${row.map(pad).join('  ').trimEnd()}\n`).join('');
}

/** Seconds in three digits; nothing where there are none. */
export function time(seconds: number | null): string {
  if (seconds === null) return '';
  if (seconds < 1e-3) return `${(seconds * 1e6).toPrecision(3)} µs`;
  if (seconds < 1) return `${(seconds * 1e3).toPrecision(3)} ms`;
  return `${seconds.toPrecision(3)} s`;
}

/** In brackets where it means nothing. */
function ratio({ ratio: value, own }: Result, comparable: boolean): string {
  if (value === null) return '';
  return comparable || own ? value.toFixed(3) : `(${value.toFixed(3)})`;
}

/** What is asked for, and whether it was missed. */
function target(result: Result, comparable: boolean): string {
  const { target: limit, ratio: value, target_seconds: longest, ours_seconds, own } = result;
  if (longest !== undefined) return `≤ ${longest} s${missed(ours_seconds, longest)}`;
  if (value !== null && !comparable && !own) return 'not comparable';
  if (limit === undefined || value === null) return '';
  return `≤ ${Number(limit.toPrecision(3))}${missed(value, limit)}`;
}

const missed = (value: number, limit: number): string => (value <= limit ? '' : ' missed');
