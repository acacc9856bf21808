import { jsTileKernel } from './js-tile-kernel.js';
import { tileSize, type TileKernel } from './tile-kernel.js';
import { wasmTileKernel } from './wasm-tile-kernel.js';

/** A rectangle inside an array: entry (i, j) is `data[offset + i * rowStride + j * columnStride]`. */
export interface View<Data = Float32Array | Float64Array> {
  readonly data: Data;
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** The top left corner of rows × columns entries of a row-major array, from `offset` on. */
export function view<Data>(
  data: Data,
  rows: number,
  columns: number,
  rowStride = columns,
  offset = 0,
): View<Data> {
  return { data, offset, rows, columns, rowStride, columnStride: 1 };
}

/** The same entries with rows and columns exchanged. */
export function transposedView<Data>(a: View<Data>): View<Data> {
  const { rows, columns, rowStride, columnStride } = a;
  return { ...a, rows: columns, columns: rows, rowStride: columnStride, columnStride: rowStride };
}

/** Sizes of the blocks: a right panel fits the first-level cache, a left block the second-level cache. */
const blockRows = 128;
const blockColumns = 1024;
const blockDepth = 256;
const capacity = {
  left: blockRows * blockDepth,
  right: blockDepth * blockColumns,
  product: blockRows * blockColumns,
};

let kernel: TileKernel | undefined;

function createKernel(): TileKernel {
  try {
    return wasmTileKernel(capacity);
  } catch {
    // Hosts may lack WebAssembly or forbid it; the plain kernel gives the same numbers.
    return jsTileKernel(capacity);
  }
}

/** Settings of `addProduct`. */
export interface ProductOptions {
  /** Factor of the product, 1 unless given. */
  scale?: number;
  /** Only entries on and below the diagonal of c matter; those above are left undefined. */
  lowerOnly?: boolean;
}

/** c += scale · a · b, in float64, for c of unit column stride and fitting sizes. */
export function addProduct(
  c: View<Float64Array>,
  a: View,
  b: View,
  { scale = 1, lowerOnly = false }: ProductOptions = {},
): void {
  kernel ??= createKernel();
  const right = transposedView(b);
  for (let left = 0; left < c.columns; left += blockColumns)
    for (let k = 0; k < a.columns; k += blockDepth) {
      const depth = Math.min(blockDepth, a.columns - k);
      const width = Math.min(blockColumns, c.columns - left);
      packPanels(right, left, width, k, depth, kernel.right);
      for (let top = 0; top < c.rows; top += blockRows) {
        const height = Math.min(blockRows, c.rows - top);
        const needed = lowerOnly ? Math.min(width, top + height - left) : width;
        if (needed <= 0) continue;
        packPanels(a, top, height, k, depth, kernel.left);
        kernel.multiply(panels(height), panels(needed), depth);
        addTiles(c, top, height, left, needed, scale, kernel.product);
      }
    }
}

const panels = (length: number) => Math.ceil(length / tileSize);

/** Lays rows side by side in panels of four; a last panel that lacks rows repeats the last one. */
function packPanels(
  a: View,
  firstRow: number,
  rows: number,
  firstColumn: number,
  depth: number,
  out: Float64Array,
): void {
  const last = firstRow + rows - 1;
  const corner = a.offset + firstColumn * a.columnStride;
  for (let i = 0, at = 0; i < rows; i += tileSize, at += tileSize * depth) {
    const [r0, r1, r2, r3] = [0, 1, 2, 3].map(
      r => corner + Math.min(firstRow + i + r, last) * a.rowStride,
    );
    packPanel(a.data, r0, r1, r2, r3, a.columnStride, depth, out, at);
  }
}

function packPanel(
  data: Float32Array | Float64Array,
  r0: number,
  r1: number,
  r2: number,
  r3: number,
  stride: number,
  depth: number,
  out: Float64Array,
  at: number,
): void {
  for (let k = 0, column = 0; k < depth; k++, column += stride, at += 4) {
    out[at] = data[r0 + column];
    out[at + 1] = data[r1 + column];
    out[at + 2] = data[r2 + column];
    out[at + 3] = data[r3 + column];
  }
}

/** Adds the tiles of one block to c, without the parts of ragged tiles that lie outside. */
function addTiles(
  c: View<Float64Array>,
  top: number,
  height: number,
  left: number,
  width: number,
  scale: number,
  product: Float64Array,
): void {
  let tile = 0;
  for (let j = 0; j < width; j += tileSize)
    for (let i = 0; i < height; i += tileSize, tile += tileSize * tileSize) {
      const rows = Math.min(tileSize, height - i);
      const columns = Math.min(tileSize, width - j);
      const corner = c.offset + (top + i) * c.rowStride + left + j;
      if (columns === tileSize) addFullRows(c, corner, rows, scale, product, tile);
      else addRaggedTile(c, corner, rows, columns, scale, product, tile);
    }
}

function addFullRows(
  c: View<Float64Array>,
  corner: number,
  rows: number,
  scale: number,
  product: Float64Array,
  tile: number,
): void {
  const { data, rowStride } = c;
  for (let r = 0, at = corner; r < rows; r++, at += rowStride, tile += 4) {
    data[at] += scale * product[tile];
    data[at + 1] += scale * product[tile + 1];
    data[at + 2] += scale * product[tile + 2];
    data[at + 3] += scale * product[tile + 3];
  }
}

function addRaggedTile(
  c: View<Float64Array>,
  corner: number,
  rows: number,
  columns: number,
  scale: number,
  product: Float64Array,
  tile: number,
): void {
  for (let r = 0; r < rows; r++)
    for (let s = 0; s < columns; s++)
      c.data[corner + r * c.rowStride + s] += scale * product[tile + r * tileSize + s];
}
