/** A real matrix, row by row: entry (i, j) is `data[i * columns + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/**
 * A rows×columns matrix over the given entries (not copied), or of zeros.
 * @throws if the number of entries is not rows·columns.
 */
export function matrix(
  rows: number,
  columns: number,
  data: Float64Array = new Float64Array(rows * columns),
): Matrix {
  if (data.length !== rows * columns)
    throw new Error(`linalg: a ${rows}×${columns} matrix cannot have ${data.length} entries`);
  return { rows, columns, data };
}

/** The n×n identity. */
export function identity(n: number): Matrix {
  const result = matrix(n, n);
  for (let i = 0; i < n; i++) result.data[i * n + i] = 1;
  return result;
}

/**
 * A matrix from its rows; without rows, 0×0.
 * @throws if the rows differ in length.
 */
export function fromRows(rows: readonly ArrayLike<number>[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  const result = matrix(rows.length, columns);
  rows.forEach((values, i) => {
    if (values.length !== columns)
      throw new Error(`linalg: row ${i} has ${values.length} entries, row 0 has ${columns}`);
    result.data.set(values, i * columns);
  });
  return result;
}

/** Row i as a view: writing to it changes the matrix. */
export function row(a: Matrix, i: number): Float64Array {
  return a.data.subarray(i * a.columns, (i + 1) * a.columns);
}

const tile = 32;

/** aᵀ, columns×rows. */
export function transpose(a: Matrix): Matrix {
  const result = matrix(a.columns, a.rows);
  for (let i = 0; i < a.rows; i += tile)
    for (let j = 0; j < a.columns; j += tile) transposeTile(a, result, i, j);
  return result;
}

/** One tile at a time, so that reads and writes both stay in the cache. */
function transposeTile(a: Matrix, result: Matrix, top: number, left: number): void {
  const bottom = Math.min(top + tile, a.rows);
  const right = Math.min(left + tile, a.columns);
  for (let i = top; i < bottom; i++)
    for (let j = left; j < right; j++) result.data[j * a.rows + i] = a.data[i * a.columns + j];
}
