import { contingency } from './contingency.js';
import { transpose, type Matrix } from './matrix.js';

/** The share of points on which two partitions agree where clusters are named so that it is largest. */
export function matchedShare(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const counts = contingency(a, b);
  const matched = bestMatching(counts).reduce(
    (sum, column, row) => sum + (column < 0 ? 0 : counts.data[row * counts.columns + column]),
    0,
  );
  return matched / a.length;
}

/**
 * The column of each row, no column twice, so that the sum of their entries is largest (Kuhn's Hungarian method with potentials, in n³
 * steps); −1 for rows that are left over.
 */
export function bestMatching(gains: Matrix): number[] {
  if (gains.rows > gains.columns) {
    const columns = bestMatching(transpose(gains));
    return Array.from({ length: gains.rows }, (_, row) => columns.indexOf(row));
  }
  const matching = new Matching(gains);
  for (let row = 0; row < gains.rows; row++) matching.add(row);
  return matching.columns;
}

/** A matching that grows row by row along shortest augmenting paths. */
class Matching {
  /** The column of each row. */
  readonly columns: number[];
  private readonly gains: Matrix;
  /** The row of each column, −1 where it is free. */
  private readonly rowOf: Int32Array;
  private readonly potentials: { readonly rows: Float64Array; readonly columns: Float64Array };

  constructor(gains: Matrix) {
    this.gains = gains;
    this.columns = Array.from({ length: gains.rows }, () => -1);
    this.rowOf = new Int32Array(gains.columns).fill(-1);
    const { rows, columns } = gains;
    this.potentials = { rows: new Float64Array(rows), columns: new Float64Array(columns) };
  }

  /** Matches one more row, others moving to other columns. */
  add(start: number): void {
    const { columns: width } = this.gains;
    const path: Path = {
      start,
      distance: new Float64Array(width).fill(Infinity),
      from: new Int32Array(width).fill(-1),
      reached: [],
    };
    let [row, column] = [start, -1];
    for (let length = 0; row >= 0; row = this.rowOf[column]) {
      this.relax(path, row, column, length);
      column = nearest(path);
      length = path.distance[column];
      path.reached.push(column);
    }
    this.settle(path, path.distance[column]);
    this.augment(path, column);
  }

  /** Shortens ways to columns that lead over a row. */
  private relax({ distance, from, reached }: Path, row: number, before: number, length: number) {
    const { columns: width, data } = this.gains;
    for (let column = 0; column < width; column++) {
      if (reached.includes(column)) continue;
      const reduced =
        length -
        data[row * width + column] -
        this.potentials.rows[row] -
        this.potentials.columns[column];
      if (reduced < distance[column]) [distance[column], from[column]] = [reduced, before];
    }
  }

  /** Keeps reduced costs from below 0, and at 0 along the path. */
  private settle({ start, distance, reached }: Path, length: number): void {
    this.potentials.rows[start] += length;
    for (const column of reached.slice(0, -1)) {
      this.potentials.rows[this.rowOf[column]] += length - distance[column];
      this.potentials.columns[column] -= length - distance[column];
    }
  }

  private augment({ start, from }: Path, last: number): void {
    for (let column = last; column >= 0; column = from[column]) {
      const row = from[column] < 0 ? start : this.rowOf[from[column]];
      this.rowOf[column] = row;
      this.columns[row] = column;
    }
  }
}

/** Shortest ways from a row to columns. */
interface Path {
  readonly start: number;
  /** Length of the way to each column that is known. */
  readonly distance: Float64Array;
  /** The column before it on the way; −1 behind the start. */
  readonly from: Int32Array;
  /** Columns whose way is final, in order. */
  readonly reached: number[];
}

function nearest({ distance, reached }: Path): number {
  let best = -1;
  for (const [column, length] of distance.entries())
    if (!reached.includes(column) && (best < 0 || length < distance[best])) best = column;
  return best;
}
