type Floats = Float32Array | Float64Array;

const tile = 3;
/** Length of the pieces into which long rows are cut, so that a tile's rows stay in the first-level cache. */
const depth = 512;

/** Rows of equal length, one after the other. */
export interface Rows {
  readonly rows: number;
  readonly columns: number;
  readonly data: Floats;
}

/**
 * Adds a·bᵀ to c (row-major, a.rows × b.rows), in float64.
 * With `lowerOnly`, for square c, entries above the diagonal are left undefined.
 */
export function addDotProducts(c: Float64Array, a: Rows, b: Rows, lowerOnly = false): void {
  for (let start = 0; start < a.columns; start += depth) {
    const end = Math.min(start + depth, a.columns);
    for (let i = 0; i < a.rows; i += tile) {
      const last = lowerOnly ? Math.min(i + tile, b.rows) : b.rows;
      for (let j = 0; j < last; j += tile) addTile(c, a, b, i, j, start, end);
    }
  }
}

function addTile(
  c: Float64Array,
  a: Rows,
  b: Rows,
  i: number,
  j: number,
  start: number,
  end: number,
) {
  if (i + tile <= a.rows && j + tile <= b.rows)
    addFullTile(c, b.rows, a.data, b.data, a.columns, i, j, start, end);
  else addRaggedTile(c, a, b, i, j, start, end);
}

function addRaggedTile(
  c: Float64Array,
  a: Rows,
  b: Rows,
  top: number,
  left: number,
  start: number,
  end: number,
) {
  const { columns } = a;
  for (let i = top; i < Math.min(top + tile, a.rows); i++)
    for (let j = left; j < Math.min(left + tile, b.rows); j++) {
      let sum = 0;
      for (let k = start; k < end; k++) sum += a.data[i * columns + k] * b.data[j * columns + k];
      c[i * b.rows + j] += sum;
    }
}

/** Nine sums held in registers: two loads feed three multiplications. */
function addFullTile(
  c: Float64Array,
  stride: number,
  a: Floats,
  b: Floats,
  columns: number,
  i: number,
  j: number,
  start: number,
  end: number,
) {
  let [c00, c01, c02, c10, c11, c12, c20, c21, c22] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  const a0 = i * columns;
  const a1 = a0 + columns;
  const a2 = a1 + columns;
  const b0 = j * columns;
  const b1 = b0 + columns;
  const b2 = b1 + columns;
  for (let k = start; k < end; k++) {
    const x = b[b0 + k];
    const y = b[b1 + k];
    const z = b[b2 + k];
    let t = a[a0 + k];
    c00 += t * x;
    c01 += t * y;
    c02 += t * z;
    t = a[a1 + k];
    c10 += t * x;
    c11 += t * y;
    c12 += t * z;
    t = a[a2 + k];
    c20 += t * x;
    c21 += t * y;
    c22 += t * z;
  }
  const at = i * stride + j;
  addThree(c, at, c00, c01, c02);
  addThree(c, at + stride, c10, c11, c12);
  addThree(c, at + 2 * stride, c20, c21, c22);
}

function addThree(c: Float64Array, at: number, x: number, y: number, z: number) {
  c[at] += x;
  c[at + 1] += y;
  c[at + 2] += z;
}
